import {
  DeleteRepositoryPolicyCommand,
  GetDownloadUrlForLayerCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DownloadTickets } from '../../src/access/download-tickets.ts'
import { rootOf } from '../../src/access/principal.ts'
import { Seal } from '../../src/access/seal.ts'
import { parseDigest } from '../../src/core/names/digest.ts'
import { parseRepositoryName } from '../../src/core/names/repository-name.ts'
import { outputOf } from '../support/client.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { blob, type TestBlob } from '../support/test-image.ts'

let berth: LocalBerth
let layer: TestBlob

beforeAll(async () => {
  berth = await startBerth()
  await berth.createRepository('team/app')
  const { layers } = await berth.pushRandomImage('team/app', 'v1', [100_000])
  layer = layers[0] ?? blob(Buffer.alloc(0))
})

afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

test('plain curl fetches a layer by its signed URL', async () => {
  const hash = await outputOf('sh', ['-c', `curl --fail --silent "$1" | sha256sum`, 'sh', await signedUrl()])
  expect(hash).toBe(`${layer.digest.replace('sha256:', '')}  -`)
})

test('a signed URL brings ranges, and headers alone', async () => {
  const url = await signedUrl()
  const part = await fetch(url, { headers: { range: 'bytes=10-19' } })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 10-19/100000'])
  expect(Buffer.from(await part.arrayBuffer()).equals(layer.content.subarray(10, 20))).toBe(true)
  const head = await fetch(url, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '100000'])
  const outside = await fetch(url, { headers: { range: 'bytes=100000-' } })
  expect([outside.status, outside.headers.get('content-range')]).toEqual([416, 'bytes */100000'])
})

test('a signed URL is good for one layer', async () => {
  const url = await signedUrl()
  const { config } = await berth.pushRandomImage('team/app', 'v2')
  await expectForbidden(url.replace(layer.digest, config.digest))
  await expectForbidden(url.replace(layer.digest, `${layer.digest}/`))
})

test.each(['', 'x', 'e30.e30'])('the ticket %j was not signed here', async (ticket) => {
  await expectForbidden(`${berth.url}/berth/layers/${layer.digest}?ticket=${ticket}`)
})

test('without a ticket nothing is given', async () => {
  await expectForbidden(`${berth.url}/berth/layers/${layer.digest}`)
})

test('a signed URL that is too old says so', async () => {
  const yesterday = new Date(Date.now() - 24 * 60 * 60 * 1000)
  const tickets = new DownloadTickets(new Seal(berth.secrets.sealKey, 'download-ticket'), () => yesterday)
  const { accountId: account, region } = berth.config
  const repository = { account, region, name: parseRepositoryName('team/app') }
  const ticket = tickets.issue(repository, parseDigest(layer.digest), rootOf(account))
  const answer = await fetch(`${berth.url}/berth/layers/${layer.digest}?ticket=${ticket}`)
  expect([answer.status, await answer.text()]).toEqual([
    403,
    'This download URL has expired; ask for a new one\n',
  ])
})

test('a signed URL ends when its holder may no longer read the repository', async () => {
  const url = await signedUrl()
  const statement = { Effect: 'Deny', Principal: '*', Action: 'ecr:GetDownloadUrlForLayer' }
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await berth.ecr.send(new SetRepositoryPolicyCommand({ repositoryName: 'team/app', policyText }))
  const answer = await fetch(url)
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining('explicit deny')])
  await berth.ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName: 'team/app' }))
  expect((await fetch(url)).status).toBe(200)
})

test.each(['PUT', 'POST', 'DELETE'])('%s does nothing to a layer', async (method) => {
  const answer = await fetch(await signedUrl(), { method })
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
})

async function signedUrl(): Promise<string> {
  const input = { repositoryName: 'team/app', layerDigest: layer.digest }
  return (await berth.ecr.send(new GetDownloadUrlForLayerCommand(input))).downloadUrl ?? ''
}

async function expectForbidden(url: string): Promise<void> {
  const answer = await fetch(url)
  expect([answer.status, await answer.text()]).toEqual([
    403,
    'This download URL was not signed by this registry\n',
  ])
}
