import {
  CreateRepositoryCommand,
  DescribeImageReplicationStatusCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  PutImageTagMutabilityCommand,
  PutReplicationConfigurationCommand,
} from '@aws-sdk/client-ecr'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { parseRegion } from '../../src/core/names/region.ts'
import { askBerth } from '../support/ask-berth.ts'
import { startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { type FaultyLink, layFaultyLink } from '../support/faulty-link.ts'
import { pullImage } from '../support/pull-image.ts'
import { pushImage } from '../support/push-image.ts'
import { basic } from '../support/registry-login.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { imageOf, randomImage } from '../support/test-image.ts'

const random = new SeededRandom('peers')
const account = '000000000000'
const [far, near, third] = ['eu-west-1', 'us-west-2', 'ap-south-1'] as const
const mebibyte = 1024 * 1024
const patience = { timeout: 90_000, interval: 50 }

let peer: LocalBerth
let link: FaultyLink
let berth: LocalBerth
beforeEach(async () => {
  peer = await startBerth()
  link = await layFaultyLink(peer.port)
  berth = await startBerth({ outboundNetworks: '127.0.0.0/8', peers: [peerAt(link.port, peer)] })
  await rule(berth.ecr, far, near)
  await berth.createRepository('team/app')
})
afterEach(async () => {
  for (const resource of [berth, link, peer]) await resource[Symbol.asyncDispose]()
})

function peerAt(port: number, { secrets }: Pick<LocalBerth, 'secrets'>) {
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = secrets
  return { url: `http://127.0.0.1:${port}`, region: parseRegion(far), accessKeyId, secretAccessKey }
}

async function rule(ecr: ECRClient, ...regions: readonly string[]): Promise<void> {
  const destinations = regions.map((region) => ({ region, registryId: account }))
  const replicationConfiguration = { rules: [{ destinations }] }
  await ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration }))
}

async function statusOf(ecr: ECRClient, imageTag: string, region: string): Promise<string | undefined> {
  const asked = { repositoryName: 'team/app', imageId: { imageTag } }
  const { replicationStatuses = [] } = await ecr.send(new DescribeImageReplicationStatusCommand(asked))
  return replicationStatuses.find((status) => status.region === region)?.status
}

function arrival(tag: string, region: string, status = 'COMPLETE'): Promise<boolean> {
  return vi.waitUntil(async () => (await statusOf(berth.ecr, tag, region)) === status, patience)
}

async function pullFromPeer(reference: string): Promise<string> {
  const authorization = basic(await peer.password({ region: far }))
  return pullImage({ url: peer.url, authorization }, 'team/app', reference)
}

test('an image goes to the Berth that holds the registry, and no further', async () => {
  await rule(peer.clientOf({ region: far }), third)
  const image = await berth.pushRandomImage('team/app', 'v1')
  await Promise.all([arrival('v1', far), arrival('v1', near)])
  expect(await pullFromPeer('v1')).toBe(image.digest)
  const { repositories } = await peer.clientOf({ region: third }).send(new DescribeRepositoriesCommand())
  expect(repositories).toEqual([])
  expect(berth.failures).toEqual([])
})

test('layers that the peer has are not sent again', async () => {
  const first = randomImage(random, [2 * mebibyte])
  await pushImage(berth, 'team/app', 'v1', first)
  await arrival('v1', far)
  const before = link.brought
  await pushImage(berth, 'team/app', 'v2', imageOf({ os: 'linux' }, first.layers))
  await arrival('v2', far)
  expect(link.brought - before).toBeLessThan(mebibyte / 2)
})

test('a tag that is immutable at the peer stays there, and the image comes without it', async () => {
  const first = await berth.pushRandomImage('team/app', 'v1')
  await arrival('v1', far)
  const setting = { repositoryName: 'team/app', imageTagMutability: 'IMMUTABLE' } as const
  await peer.clientOf({ region: far }).send(new PutImageTagMutabilityCommand(setting))
  const second = await berth.pushRandomImage('team/app', 'v1')
  await arrival('v1', far)
  expect(await pullFromPeer('v1')).toBe(first.digest)
  expect(await pullFromPeer(second.digest)).toBe(second.digest)
})

test('a peer that is down delays nothing else, and gets everything when it is up again', async () => {
  link.set('down')
  const image = await berth.pushRandomImage('team/app', 'v1')
  await arrival('v1', near)
  await arrival('v1', far, 'FAILED')
  await berth.pushRandomImage('team/app', 'v2')
  await arrival('v2', near)
  expect(await statusOf(berth.ecr, 'v2', far)).toMatch(/IN_PROGRESS|FAILED/)
  link.set('up')
  await Promise.all([arrival('v1', far), arrival('v2', far)])
  expect(await pullFromPeer('v1')).toBe(image.digest)
})

test('a link that is cut again and again goes on where it was cut', async () => {
  link.set({ cutAfter: 2 * mebibyte })
  const image = await berth.pushRandomImage('team/app', 'v1', [8 * mebibyte])
  await arrival('v1', far)
  expect(await pullFromPeer('v1')).toBe(image.digest)
  expect(link.brought).toBeLessThan(16 * mebibyte)
})

test('a Berth that is killed in the middle brings the image after its next start', async () => {
  link.set({ stallAfter: 2 * mebibyte })
  const peers = JSON.stringify([peerAt(link.port, peer)])
  const flags = ['--dev', '--outbound-networks', '127.0.0.0/8', '--peers', peers]
  await using dying = await startBerthProcess({ flags })
  const ecr = await ecrClientOf(dying, { accessKeyId: 'test', secretAccessKey: 'test' })
  await rule(ecr, far)
  const image = randomImage(random, [6 * mebibyte])
  const registry = await logIn(dying, ecr)
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'team/app' }))
  await pushImage(registry, 'team/app', 'v1', image)
  await vi.waitUntil(() => link.brought > mebibyte, patience)
  await dying.kill()
  link.set('up')
  await dying.start()
  // The lease of what was killed is over.
  const developer = { port: Number(new URL(dying.url).port), keyId: 'test', secret: 'test' }
  await askBerth(developer, '/berth/v1/AdvanceClock', JSON.stringify({ seconds: 61 }))
  await vi.waitUntil(async () => (await statusOf(ecr, 'v1', far)) === 'COMPLETE', patience)
  expect(await pullFromPeer('v1')).toBe(image.digest)
})
