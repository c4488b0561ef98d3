import { createHash } from 'node:crypto'
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr'
import { expect, test } from 'vitest'
import { sendRaw } from '../support/raw-request.ts'
import { send } from '../support/registry-client.ts'
import { startBerth } from '../support/start-berth.ts'

const developer = { dev: true, rootAccessKey: 'test', rootSecretKey: 'test' }

test('the start page says what is running, and no secret', async () => {
  await using berth = await startBerth({ registryHost: 'registry.test:4566' })
  const page = await (await fetch(berth.url)).text()
  for (const fact of ['Berth', 'registry.test:4566', '000000000000', 'us-east-1', 'docker push']) {
    expect(page).toContain(fact)
  }
  for (const secret of [berth.secrets.rootAccessKey, berth.secrets.rootSecretKey]) {
    expect(page).not.toContain(secret)
  }
})

test('the start page may load nothing and run nothing, and its own style is allowed by hash', async () => {
  await using berth = await startBerth()
  const answer = await fetch(berth.url)
  const page = await answer.text()
  const [, style = ''] = /<style>([^<]*)<\/style>/.exec(page) ?? []
  const hash = createHash('sha256').update(style).digest('base64')
  const policy = answer.headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain(`style-src 'sha256-${hash}'`)
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect(page).not.toMatch(/<script|style="|javascript:|https?:/)
})

test('a host name full of markup is shown as text', async () => {
  await using berth = await startBerth({ registryHost: '<script>alert(1)</script>"\'&' })
  const page = await (await fetch(berth.url)).text()
  expect(page).not.toContain('<script>')
  expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;')
})

test('Berth says that it is well', async () => {
  await using berth = await startBerth()
  const answer = await fetch(`${berth.url}/healthz`)
  expect([answer.status, await answer.text()]).toEqual([200, 'ok\n'])
  const refused = await fetch(`${berth.url}/healthz`, { method: 'PUT' })
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

test.each(['/nothing', '/v1/', '/berth', '/berth/layers', '/favicon.ico', '/../etc/passwd', '//', '/%00'])(
  'there is nothing at %s',
  async (path) => {
    await using berth = await startBerth()
    expect(await sendRaw(berth.port, { path })).toMatchObject({ status: 404, body: '404 page not found\n' })
  },
)

test.each([
  ['s3', 'GET', '/', '<Code>NotImplemented</Code>'],
  ['s3', 'PUT', '/bucket/key', '<Code>NotImplemented</Code>'],
  ['lambda', 'GET', '/2015-03-31/functions', '"message":'],
])('who asks %s by %s %s hears once that it is not here', async (service, method, path, error) => {
  await using berth = await startBerth()
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIA/20261128/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`
  const { status, body } = await sendRaw(berth.port, { path, method, headers: { authorization } })
  expect(status).toBe(501)
  expect(body).toContain(error)
  expect(body).toMatch(new RegExp(`Berth does not offer the service ('|&apos;)${service}`))
})

test('a presigned URL of a service that is not here says so, too', async () => {
  await using berth = await startBerth()
  const path = '/bucket/key?X-Amz-Credential=AKIA%2F20261128%2Fus-east-1%2Fs3%2Faws4_request'
  expect((await sendRaw(berth.port, { path })).status).toBe(501)
})

test("an AWS call's target leads to AWS's door on any path", async () => {
  await using berth = await startBerth()
  const headers = { 'x-amz-target': 'AmazonEC2ContainerRegistry_V20150921.DescribeRepositories' }
  for (const path of ['/', '/nothing', '/healthz']) {
    const answer = await sendRaw(berth.port, { method: 'POST', path, headers, body: '{}' })
    expect(answer.headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/)
  }
})

test.each([
  ['GET', '/_localstack/health'],
  ['POST', '/_berth/reset'],
])('outside development mode there is no %s %s', async (method, path) => {
  await using berth = await startBerth()
  expect((await fetch(`${berth.url}${path}`, { method })).status).toBe(404)
})

test('in development mode, emulator tools learn what runs', async () => {
  await using berth = await startBerth(developer)
  expect(await (await fetch(`${berth.url}/_localstack/health`)).json()).toEqual({
    services: {
      ecr: 'running',
      ecs: 'running',
      events: 'running',
      iam: 'running',
      logs: 'running',
      sns: 'running',
      sqs: 'running',
      sts: 'running',
    },
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    edition: 'berth',
  })
  expect(await (await fetch(berth.url)).text()).toContain('Development mode.')
})

test('in development mode everything can be reset', async () => {
  await using berth = await startBerth(developer)
  await berth.createRepository('team/app')
  await berth.pushRandomImage('team/app', 'v1')
  expect((await fetch(`${berth.url}/_berth/reset`)).status).toBe(405)
  expect((await fetch(`${berth.url}/_berth/reset`, { method: 'POST' })).status).toBe(200)
  expect((await berth.ecr.send(new DescribeRepositoriesCommand())).repositories).toEqual([])
  expect((await send(berth, 'GET', '/v2/team/app/manifests/v1')).status).toBe(404)
})
