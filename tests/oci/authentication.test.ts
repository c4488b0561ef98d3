import { afterAll, beforeAll, expect, test } from 'vitest'
import { rootOf } from '../../src/access/principal.ts'
import { RegistryTokens } from '../../src/access/registry-tokens.ts'
import { Seal } from '../../src/access/seal.ts'
import { type RawRequest, sendRaw } from '../support/raw-request.ts'
import { readRegistryError } from '../support/registry-errors.ts'
import { basic } from '../support/registry-login.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

const domain = 'registry.test'
const ours = `000000000000.dkr.ecr.us-east-1.${domain}`
const theirs = `111122223333.dkr.ecr.us-east-1.${domain}`
const thirteenHours = 13 * 60 * 60 * 1000

let berth: LocalBerth

beforeAll(async () => {
  berth = await startBerth({
    dev: true,
    registryDomain: domain,
    rootAccessKey: 'test',
    rootSecretKey: 'test',
  })
  await berth.createRepository('team/app')
  await berth.pushRandomImage('team/app', 'v1')
})

afterAll(async () => {
  await berth[Symbol.asyncDispose]()
})

test.each([
  ['without credentials', {}],
  ['with a wrong password', { authorization: basic('wrong') }],
  ['with another user', { authorization: `Basic ${Buffer.from('root:secret').toString('base64')}` }],
  ['with a bearer token', { authorization: 'Bearer secret' }],
])('%s every path is challenged, as on AWS', async (_how, headers) => {
  for (const path of ['/v2/', '/v2/_catalog', '/v2/team/app/manifests/v1', '/v2/no/such/endpoint']) {
    const answer = await ask({ path, headers: { ...headers, host: ours } })
    expect(answer).toMatchObject({ status: 401, body: 'Not Authorized\n' })
    expect(answer.headers).toMatchObject({
      'docker-distribution-api-version': 'registry/2.0',
      'www-authenticate': `Basic realm="http://${ours}/",service="ecr.amazonaws.com"`,
      'content-length': '15',
      'content-type': 'text/plain; charset=utf-8',
    })
  }
})

test('behind a proxy that ends TLS the challenge names the address the client used', async () => {
  const answer = await ask({ path: '/v2/', headers: { host: ours, 'x-forwarded-proto': 'https' } })
  expect(answer.headers['www-authenticate']).toBe(
    `Basic realm="https://${ours}/",service="ecr.amazonaws.com"`,
  )
})

test('a Host full of quotes breaks no header', async () => {
  const answer = await ask({ path: '/v2/', headers: { host: 'a",x="b' } })
  expect(answer.headers['www-authenticate']).toBe('Basic realm="http://axb/",service="ecr.amazonaws.com"')
})

test('with a good token the ping says so', async () => {
  const answer = await ask({ path: '/v2/', headers: { authorization: berth.authorization } })
  expect(answer.status).toBe(200)
  expect(answer.headers['docker-distribution-api-version']).toBe('registry/2.0')
})

test('an expired token is told apart from a wrong one', async () => {
  const yesterday = new Date(Date.now() - thirteenHours)
  const tokens = new RegistryTokens(new Seal(berth.secrets.sealKey, 'registry-token'), () => yesterday)
  const { accountId: account, region } = berth.config
  const { password } = tokens.issue(rootOf(account), { account, region })
  const answer = await ask({ path: '/v2/', headers: { authorization: basic(password) } })
  expect(readRegistryError(answer.status, answer.body)).toEqual({
    status: 403,
    code: 'DENIED',
    message: 'Your authorization token has expired. Reauthenticate and try again.',
  })
})

test("a host of the registry's domain chooses the registry, and a token of that account opens it", async () => {
  const ours = await manifestStatus(berth.authorization, '000000000000')
  const theirs = await manifestStatus(await loginOf('111122223333'), '111122223333')
  expect([ours, theirs]).toEqual([200, 404])
})

test("another account's token is denied in AWS's words", async () => {
  const authorization = await loginOf('111122223333')
  const answer = await ask({ path: '/v2/team/app/manifests/v1', headers: { host: ours, authorization } })
  expect(readRegistryError(answer.status, answer.body)).toEqual({
    status: 403,
    code: 'DENIED',
    message:
      'User: arn:aws:iam::111122223333:root is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:000000000000:repository/team/app because no resource-based policy allows the ecr:BatchGetImage action',
  })
})

test.each([
  ['GET', '/v2/_catalog', 'ecr:DescribeRepositories'],
  ['GET', '/v2/team/app/tags/list', 'ecr:ListImages'],
  ['POST', '/v2/team/app/blobs/uploads/', 'ecr:InitiateLayerUpload'],
  ['PUT', '/v2/team/app/manifests/v1', 'ecr:PutImage'],
  ['DELETE', '/v2/team/app/manifests/v1', 'ecr:BatchDeleteImage'],
])('%s %s asks a stranger for %s before anything else', async (method, path, action) => {
  const authorization = await loginOf('111122223333')
  const answer = await ask({ method, path, headers: { host: ours, authorization } })
  expect(answer.status).toBe(403)
  expect(answer.body).toContain(`is not authorized to perform: ${action} on resource: `)
})

test('what a stranger may not see is denied alike, whether it is there or not', async () => {
  const authorization = await loginOf('111122223333')
  const here = await ask({ path: '/v2/team/app/tags/list', headers: { host: ours, authorization } })
  const gone = await ask({ path: '/v2/team/xyz/tags/list', headers: { host: ours, authorization } })
  expect(gone.status).toBe(here.status)
  expect(gone.body).toBe(here.body.replace('team/app', 'team/xyz'))
})

test('a token of one region opens no registry of another', async () => {
  const headers = { host: theirs.replace('us-east-1', 'eu-west-2'), authorization: berth.authorization }
  expect((await ask({ path: '/v2/', headers })).status).toBe(401)
})

async function manifestStatus(authorization: string, account: string): Promise<number> {
  const host = `${account}.dkr.ecr.us-east-1.${domain}`
  return (await ask({ path: '/v2/team/app/manifests/v1', headers: { host, authorization } })).status
}

async function loginOf(account: string): Promise<string> {
  return basic(await berth.password({ accessKeyId: account }))
}

function ask(request: RawRequest) {
  return sendRaw(berth.port, request)
}
