import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BatchDeleteImageCommand, PutImageTagMutabilityCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askBerth } from '../support/ask-berth.ts'
import { startBerthProcess } from '../support/berth-process.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { missingPostgres } from '../support/start-postgres.ts'
import { mountTmpfs, whyNoTmpfs } from '../support/tmpfs.ts'

let berth: LocalBerth
beforeAll(async () => {
  berth = await startBerth({ accessLog: 'json', auditLog: 'json' })
  await berth.createRepository('app')
})
afterAll(() => berth[Symbol.asyncDispose]())

function linesSince(first: number) {
  return berth.lines.slice(first).map((line) => JSON.parse(line))
}

describe('the audit log', () => {
  test('tells of an image pushed through /v2/: its layers and its manifest, with who and from where', async () => {
    const first = berth.lines.length
    const { digest } = await berth.pushRandomImage('app', 'v1', [100])
    const audit = linesSince(first).filter(({ log }) => log === 'audit')
    expect(audit.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'ecr:CompleteLayerUpload success',
      'ecr:CompleteLayerUpload success',
      'ecr:PutImage success',
    ])
    expect(audit.at(-1)).toMatchObject({
      principal: 'arn:aws:iam::000000000000:root',
      resource: 'arn:aws:ecr:us-east-1:000000000000:repository/app',
      sourceAddress: '127.0.0.1',
      parameters: { argument: 'v1' },
      result: { imageDigest: digest },
      status: 201,
    })
  })

  test('tells of what the JSON API changes, with parameters and results', async () => {
    await berth.pushRandomImage('app', 'v2', [10])
    const first = berth.lines.length
    const imageIds = [{ imageTag: 'v2' }]
    await berth.ecr.send(new BatchDeleteImageCommand({ repositoryName: 'app', imageIds }))
    const [audit] = linesSince(first).filter(({ log }) => log === 'audit')
    expect(audit).toMatchObject({
      action: 'ecr:BatchDeleteImage',
      outcome: 'success',
      parameters: { imageIds },
      result: { imageIds: [{ imageTag: 'v2', imageDigest: expect.stringMatching(/^sha256:/) }] },
    })
  })

  test('tells of what is changed under /berth/v1', async () => {
    const { digest: imageDigest } = await berth.pushRandomImage('app', 'v3', [10])
    await berth.ecr.send(new BatchDeleteImageCommand({ repositoryName: 'app', imageIds: [{ imageDigest }] }))
    const first = berth.lines.length
    const { rootAccessKey: keyId, rootSecretKey: secret } = berth.secrets
    const restore = JSON.stringify({ repositoryName: 'app', imageDigest })
    await askBerth({ port: berth.port, keyId, secret }, '/berth/v1/RestoreImage', restore)
    const [audit] = linesSince(first).filter(({ log }) => log === 'audit')
    expect(audit).toMatchObject({
      outcome: 'success',
      resource: 'arn:aws:ecr:us-east-1:000000000000:repository/app',
      parameters: { imageDigest },
      result: { restoredDigests: [imageDigest] },
    })
  })

  test('tells of what was refused, under the same request id as the answer and the access log', async () => {
    const first = berth.lines.length
    const wrong = { repositoryName: 'absent', imageTagMutability: 'IMMUTABLE' } as const
    const refused = berth.ecr.send(new PutImageTagMutabilityCommand(wrong))
    await expect(refused).rejects.toThrow('does not exist')
    const { $metadata } = await refused.catch((error) => error)
    const lines = linesSince(first)
    expect(lines.map(({ log, requestId }) => [log, requestId])).toEqual([
      ['access', $metadata.requestId],
      ['audit', $metadata.requestId],
    ])
    expect(lines[1]).toMatchObject({ outcome: 'RepositoryNotFoundException', status: 400 })
  })

  test('says nothing of reading', async () => {
    const first = berth.lines.length
    await fetch(`${berth.url}/v2/app/tags/list`, { headers: { authorization: berth.authorization } })
    expect(linesSince(first).map(({ log }) => log)).toEqual(['access'])
  })
})

describe('past vulnerability: secrets in logs', () => {
  // Registries have logged Authorization headers, presigned URLs and session tokens, for everybody who may read a log.
  test('no header, query or token with a right in it is ever in a line', async () => {
    const first = berth.lines.length
    const secrets = ['X-Amz-Security-Token=SECRET-1', 'X-Amz-Signature=SECRET-2', 'ticket=SECRET-3']
    await fetch(`${berth.url}/v2/app/manifests/v1?${secrets.join('&')}`, {
      headers: { authorization: berth.authorization, cookie: 'SECRET-4', 'x-amz-security-token': 'SECRET-5' },
    })
    await fetch(`${berth.url}/?Action=GetCallerIdentity&${secrets.join('&')}`, { method: 'POST' })
    await fetch(`${berth.url}/metrics`, { headers: { authorization: 'Bearer SECRET-6' } })
    await berth.ecr.send(
      new BatchDeleteImageCommand({ repositoryName: 'app', imageIds: [{ imageTag: 'x' }] }),
    )
    const text = berth.lines.slice(first).join('')
    expect(berth.lines.length).toBe(first + 5)
    expect(text).not.toContain('SECRET')
    expect(text).not.toContain(berth.authorization.slice('Basic '.length))
    expect(text).not.toContain(berth.secrets.rootSecretKey)
    expect(text).not.toContain('AWS4-HMAC-SHA256')
  })
})

describe('the metrics', () => {
  test('count requests by the template of their route, never by their path', async () => {
    await fetch(`${berth.url}/v2/app/manifests/v1`, { headers: { authorization: berth.authorization } })
    await fetch(`${berth.url}/v2/never/heard/of/manifests/this`, {
      headers: { authorization: berth.authorization },
    })
    await fetch(`${berth.url}/made/up/path`)
    const text = await metrics()
    expect(text).toMatch(
      /^berth_http_requests_total\{route="\/v2\/\{name\}\/manifests\/\{reference\}",method="GET",outcome="ok",status="200"\} [1-9]/m,
    )
    expect(text).toMatch(
      /^berth_http_request_duration_seconds_bucket\{le="0.001",route="other",method="GET"/m,
    )
    expect(text).toMatch(
      /^berth_http_sent_bytes_total\{route="ecr:BatchDeleteImage",method="POST",outcome="ok"\} [1-9]/m,
    )
    expect(text).not.toContain('never/heard')
    expect(text).not.toContain('made/up')
  })

  test('tell of uploads, storage, jobs, connections, the event loop, the process and the build', async () => {
    await expect.poll(metrics).toMatch(/^berth_storage_blobs [1-9]/m)
    const text = await metrics()
    for (const name of [
      'berth_uploads_open',
      'berth_storage_bytes',
      'berth_disk_free_bytes',
      'berth_jobs\\{kind="[a-z-]+"\\}',
      'berth_http_connections',
      'berth_http_requests_running',
      'nodejs_eventloop_lag_p99_seconds',
      'process_resident_memory_bytes',
      'process_cpu_seconds_total',
      'berth_build_info\\{version="[^"]+",node="[^"]+"\\}',
    ]) {
      expect(text).toMatch(new RegExp(`^${name} [0-9.e+-]+$`, 'm'))
    }
  })

  test('are not for what comes through a proxy, unless it has the token', async () => {
    const proxied = await fetch(`${berth.url}/metrics`, { headers: { 'x-forwarded-for': '192.0.2.1' } })
    expect(proxied.status).toBe(403)
    await using guarded = await startBerth({ metricsToken: 'a-token-for-the-tests' })
    const ask = async (authorization: string) =>
      (await fetch(`${guarded.url}/metrics`, { headers: { authorization } })).status
    expect(await ask('Bearer a-token-for-the-tests')).toBe(200)
    expect(await ask('Bearer another-one-altogether')).toBe(401)
    expect(await ask('')).toBe(401)
  })
})

async function metrics(): Promise<string> {
  return (await fetch(`${berth.url}/metrics`)).text()
}

describe('readiness', () => {
  test('says what works', async () => {
    const answer = await fetch(`${berth.url}/readyz`)
    expect(answer.status).toBe(200)
    expect(await answer.json()).toEqual({
      status: 'ready',
      checks: { database: 'ok', disk: 'ok', server: 'ok' },
    })
  })

  test('ends when the server is told to stop, while requests are answered', async () => {
    await using stopping = await startBerth()
    stopping.announceStop()
    const answer = await fetch(`${stopping.url}/readyz`)
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ status: 'not ready', checks: { server: 'it is stopping' } })
    expect((await fetch(`${stopping.url}/healthz`)).status).toBe(200)
  })
})

describe('a berth that is told to stop by SIGTERM', () => {
  test('answers for --stop-delay while it is not ready, then ends well', async () => {
    await using process = await startBerthProcess({ flags: ['--stop-delay', '8'] })
    const statusOf = async (path: string) => (await fetch(`${process.url}${path}`)).status
    expect(await statusOf('/readyz')).toBe(200)
    const ended = process.terminate()
    await expect.poll(() => statusOf('/readyz')).toBe(503)
    expect(await statusOf('/healthz')).toBe(200)
    expect(await ended).toBe(0)
  })
})

test.skipIf(missingPostgres() !== undefined)('a database that is gone is not ready', async () => {
  await using database = await startPostgresDatabase()
  await using berth = await startBerth({ database: database.url })
  await database[Symbol.asyncDispose]()
  const status = async () => (await fetch(`${berth.url}/readyz`)).json()
  const expected = { status: 'not ready', checks: { database: expect.stringMatching(/^it /), disk: 'ok' } }
  await expect.poll(status).toMatchObject(expected)
  expect((await fetch(`${berth.url}/healthz`)).status).toBe(200)
})

const noTmpfs = await whyNoTmpfs()
test.skipIf(noTmpfs !== false)('a full disk is not ready, until there is room again', async () => {
  await using disk = await mountTmpfs(16 * 1024 * 1024)
  await using full = await startBerth({ dataDir: disk.path })
  const status = async () => (await fetch(`${full.url}/readyz`)).json()
  const filling = join(disk.path, 'filling')
  await expect(writeFile(filling, Buffer.alloc(32 * 1024 * 1024))).rejects.toThrow('ENOSPC')
  const checks = { disk: 'it fails with ENOSPC; the log says more' }
  await expect.poll(status).toMatchObject({ status: 'not ready', checks })
  await rm(filling)
  await expect.poll(status).toMatchObject({ status: 'ready' })
})

test('X-Forwarded-For tells the client’s address where the proxy is trusted, and nowhere else', async () => {
  await using behindProxy = await startBerth({ accessLog: 'json', trustedProxies: '127.0.0.0/8' })
  for (const server of [berth, behindProxy])
    await fetch(`${server.url}/healthz`, { headers: { 'x-forwarded-for': '192.0.2.7' } })
  expect(JSON.parse(berth.lines.at(-1) ?? '').remoteAddress).toBe('127.0.0.1')
  expect(JSON.parse(behindProxy.lines.at(-1) ?? '').remoteAddress).toBe('192.0.2.7')
})
