import {
  BatchGetImageCommand,
  CreatePullThroughCacheRuleCommand,
  DescribeImagesCommand,
  GetDownloadUrlForLayerCommand,
  ValidatePullThroughCacheRuleCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { type DockerRegistry, startDockerRegistry } from '../support/docker-registry.ts'
import { testWith } from '../support/installed-programs.ts'
import { pullImage } from '../support/pull-image.ts'
import { pushBlob, pushImage, pushManifest } from '../support/push-image.ts'
import { send, sendExpecting } from '../support/registry-client.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { blobsOf, digestOf, randomImage, type TestImage } from '../support/test-image.ts'
import { type GuardedRegistry, guardRegistry } from '../support/token-guard.ts'

const test = testWith('docker-registry')
const random = new SeededRandom('upstreams')
const mebibyte = 1024 * 1024
const account = { username: 'ada', password: 'lovelace-of-the-test' }

let dockerRegistry: DockerRegistry
let guard: GuardedRegistry
let upstreamBerth: LocalBerth
let berth: LocalBerth

beforeAll(async () => {
  dockerRegistry = await startDockerRegistry()
  guard = await guardRegistry(dockerRegistry.host, account)
  upstreamBerth = await startBerth()
  const ofBerth = { username: 'AWS', accessToken: await upstreamBerth.password() }
  berth = await startBerth({
    auditLog: 'json',
    accessLog: 'json',
    outboundNetworks: '127.0.0.0/8',
    upstreamRegistries: `http://${guard.host},http://127.0.0.1:${upstreamBerth.port}`,
    upstreamSecrets: JSON.stringify({
      'ecr-pullthroughcache/guarded': { username: account.username, accessToken: account.password },
      'ecr-pullthroughcache/berth': ofBerth,
      'ecr-pullthroughcache/wrong': { username: 'eve', accessToken: 'guessed' },
    }),
  })
  await makeRule('docker', guard.host, 'guarded')
  await makeRule('wrong', guard.host, 'wrong')
  await makeRule('berth', `127.0.0.1:${upstreamBerth.port}`, 'berth')
  await upstreamBerth.createRepository('team/app')
})

afterAll(async () => {
  expect(berth.failures).toEqual([])
  expect(berth.lines.join('')).not.toContain(account.password)
  for (const each of [berth, upstreamBerth, guard, dockerRegistry]) await each?.[Symbol.asyncDispose]()
})

async function makeRule(ecrRepositoryPrefix: string, host: string, secret: string): Promise<void> {
  await berth.ecr.send(
    new CreatePullThroughCacheRuleCommand({
      ecrRepositoryPrefix,
      upstreamRegistryUrl: `http://${host}`,
      credentialArn: `arn:aws:secretsmanager:us-east-1:000000000000:secret:ecr-pullthroughcache/${secret}-AbCdEf`,
    }),
  )
}

function indexOf(images: readonly TestImage[]) {
  const mediaType = 'application/vnd.oci.image.index.v1+json'
  const manifests = images.map((each) => ({
    mediaType: each.mediaType,
    digest: each.digest,
    size: each.manifest.length,
  }))
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType, manifests })
  return { manifest, mediaType, digest: digestOf(manifest) }
}

const upstreams = [
  ['docker', () => dockerRegistry],
  ['berth', () => upstreamBerth],
] as const

describe.each(upstreams)('an image of the upstream %s', (prefix, upstream) => {
  test('is pulled whole, and from here when the upstream has lost it', async () => {
    const image = randomImage(random, [3 * mebibyte, 1_000])
    await pushImage(upstream(), 'team/app', 'v1', image)
    expect(await pullImage(berth, `${prefix}/team/app`, 'v1')).toBe(image.digest)
    await sendExpecting(202, upstream(), 'DELETE', `/v2/team/app/manifests/${image.digest}`)
    expect(await pullImage(berth, `${prefix}/team/app`, 'v1')).toBe(image.digest)
    const { imageDetails } = await berth.ecr.send(
      new DescribeImagesCommand({ repositoryName: `${prefix}/team/app`, imageIds: [{ imageTag: 'v1' }] }),
    )
    expect(imageDetails?.[0]).toMatchObject({ imageDigest: image.digest, imageTags: ['v1'] })
  })

  test('comes with the images it lists, each when it is asked for', async () => {
    const images = [randomImage(random), randomImage(random)]
    for (const image of images) await pushImage(upstream(), 'team/app', image.digest, image)
    const index = indexOf(images)
    await pushManifest(upstream(), 'team/app', 'many', index)
    expect(await pullImage(berth, `${prefix}/team/app`, 'many')).toBe(index.digest)
  })

  test('is looked at without being pulled', async () => {
    const image = randomImage(random)
    await pushImage(upstream(), 'team/app', 'looked-at', image)
    const head = await send(berth, 'HEAD', `/v2/${prefix}/team/app/manifests/looked-at`)
    expect(head.headers.get('docker-content-digest')).toBe(image.digest)
    for (const blob of blobsOf(image)) {
      const found = await send(berth, 'HEAD', `/v2/${prefix}/team/app/blobs/${blob.digest}`)
      expect([found.status, found.headers.get('content-length')]).toEqual([200, `${blob.content.length}`])
    }
  })

  test('that is not there is not found', async () => {
    const answer = await send(berth, 'GET', `/v2/${prefix}/team/app/manifests/none`)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ errors: [{ code: 'MANIFEST_UNKNOWN' }] })
  })

  test('is pulled through the JSON API too, layer by layer', async () => {
    const repositoryName = `${prefix}/team/app`
    const image = randomImage(random, [2 * mebibyte])
    await pushImage(upstream(), 'team/app', 'by-api', image)
    const { images, failures } = await berth.ecr.send(
      new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: 'by-api' }, { imageTag: 'none' }] }),
    )
    expect(images?.map(({ imageManifest }) => imageManifest)).toEqual([image.manifest])
    expect(failures?.map(({ failureCode }) => failureCode)).toEqual(['ImageNotFound'])
    for (const { digest: layerDigest, content } of blobsOf(image)) {
      const command = new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest })
      const { downloadUrl } = await berth.ecr.send(command)
      const bytes = await (await fetch(downloadUrl ?? '')).bytes()
      expect(content.equals(bytes)).toBe(true)
    }
  })
})

test('many who pull a large layer at once have it brought once', async () => {
  const image = randomImage(random, [20 * mebibyte])
  await pushImage(dockerRegistry, 'team/large', 'v1', image)
  guard.asked.length = 0
  const pulls = Array.from({ length: 6 }, () => pullImage(berth, 'docker/team/large', 'v1'))
  expect(new Set(await Promise.all(pulls))).toEqual(new Set([image.digest]))
  const blobs = guard.asked.filter(({ what, authorization }) => what.includes('/blobs/') && authorization)
  expect(blobs).toHaveLength(2)
})

test('a signature of an image comes with the list of what refers to it', async () => {
  const subject = randomImage(random)
  await pushImage(upstreamBerth, 'team/app', 'signed', subject)
  const signature = randomImage(random)
  for (const blob of blobsOf(signature)) await pushBlob(upstreamBerth, 'team/app', blob)
  const size = subject.manifest.length
  const about = { mediaType: subject.mediaType, digest: subject.digest, size }
  const manifest = JSON.stringify({
    ...JSON.parse(signature.manifest),
    artifactType: 'test/signature',
    subject: about,
  })
  const digest = digestOf(manifest)
  await pushManifest(upstreamBerth, 'team/app', digest, { manifest, mediaType: signature.mediaType })
  await pullImage(berth, 'berth/team/app', 'signed')
  const answer = await sendExpecting(200, berth, 'GET', `/v2/berth/team/app/referrers/${subject.digest}`)
  expect(await answer.json()).toMatchObject({ manifests: [{ digest, artifactType: 'test/signature' }] })
  expect(await pullImage(berth, 'berth/team/app', digest)).toBe(digest)
})

test('credentials that are no good are told of by a validation, and refuse a pull', async () => {
  const validate = async (ecrRepositoryPrefix: string) => {
    const answer = await berth.ecr.send(new ValidatePullThroughCacheRuleCommand({ ecrRepositoryPrefix }))
    return { isValid: answer.isValid, failure: answer.failure }
  }
  expect(await validate('docker')).toEqual({ isValid: true, failure: undefined })
  expect(await validate('wrong')).toEqual({ isValid: false, failure: `${guard.host} refused access (401)` })
  const answer = await send(berth, 'GET', '/v2/wrong/team/app/manifests/v1')
  expect(answer.status).toBe(403)
  expect(await answer.json()).toMatchObject({ errors: [{ code: 'DENIED' }] })
  const images = { repositoryName: 'wrong/team/app', imageIds: [{ imageTag: 'v1' }] }
  const { failures } = await berth.ecr.send(new BatchGetImageCommand(images))
  expect(failures?.map(({ failureCode }) => failureCode)).toEqual(['UpstreamAccessDenied'])
})
