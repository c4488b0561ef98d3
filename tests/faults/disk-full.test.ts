import { join } from 'node:path'
import { CreateRepositoryCommand, ListImagesCommand } from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { testUnless } from '../support/installed-programs.ts'
import { pullImage } from '../support/pull-image.ts'
import { pushBlob, pushImage, pushManifest, startUpload } from '../support/push-image.ts'
import { uploadLayer } from '../support/push-through-api.ts'
import { sendExpecting, UnexpectedAnswerError } from '../support/registry-client.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { blob, blobsOf, digestOf, randomImage, type TestImage } from '../support/test-image.ts'
import { whyNoTmpfs } from '../support/tmpfs.ts'
import { checkIntegrity, openSmallDisk, type SmallDisk } from './small-disk.ts'

const MIB = 1024 * 1024
const repositoryName = 'team/app'
const random = new SeededRandom('disk full')
const test = testUnless(await whyNoTmpfs())

test('a blob that does not fit is refused at both doors, and fits once there is room', async () => {
  await using disk = await openSmallDisk()
  const earlier = await pushEarlierImage(disk)
  await disk.fillUp()
  const [first, second] = [blob(random.bytes(4 * MIB)), blob(random.bytes(4 * MIB))]
  await expectNoSpaceAtTheRegistry(append(disk, first.content))
  await expectNoSpaceAtTheApi(uploadLayer(disk.ecr, repositoryName, second))
  expect(await pullImage(disk.registry, repositoryName, 'earlier')).toBe(earlier)
  await disk.makeRoom()
  await pushBlob(disk.registry, repositoryName, first)
  await uploadLayer(disk.ecr, repositoryName, second)
})

test('a blob larger than the whole disk leaves room for smaller ones', async () => {
  await using disk = await openSmallDisk()
  await pushEarlierImage(disk)
  await expectNoSpaceAtTheRegistry(append(disk, random.bytes(40 * MIB)))
  const image = randomImage(random, [4 * MIB])
  await pushImage(disk.registry, repositoryName, 'smaller', image)
  expect(await pullImage(disk.registry, repositoryName, 'smaller')).toBe(image.digest)
})

test('an image that can not be recorded is refused and not listed, and is taken once there is room', async () => {
  await using disk = await openSmallDisk()
  const earlier = await pushEarlierImage(disk)
  const image = randomImage(random)
  for (const each of blobsOf(image)) await pushBlob(disk.registry, repositoryName, each)
  await disk.fillUp()
  const accepted = await pushUntilRefused(disk, image)
  await expectNoSpaceAtTheApi(createRepository(disk, 'team/other'))
  expect(await tagsOf(disk)).toEqual(['earlier', ...accepted].toSorted())
  expect(await pullImage(disk.registry, repositoryName, 'earlier')).toBe(earlier)
  await disk.makeRoom()
  await createRepository(disk, 'team/other')
  await pushManifest(disk.registry, repositoryName, 'later', image)
  expect(await pullImage(disk.registry, repositoryName, 'later')).toBe(image.digest)
  expect(checkIntegrity(join(disk.berth.dataDir, 'metadata.db'))).toEqual([{ integrity_check: 'ok' }])
})

async function pushEarlierImage(disk: SmallDisk): Promise<string> {
  await createRepository(disk, repositoryName)
  const image = randomImage(random, [100_000])
  await pushImage(disk.registry, repositoryName, 'earlier', image)
  return image.digest
}

function createRepository({ ecr }: SmallDisk, name: string): Promise<unknown> {
  return ecr.send(new CreateRepositoryCommand({ repositoryName: name }))
}

async function append({ registry }: SmallDisk, content: Buffer): Promise<void> {
  const location = await startUpload(registry, repositoryName)
  await sendExpecting(202, registry, 'PATCH', location, { body: new Uint8Array(content) })
}

/** Pushes variants of an image, each with a manifest of 64 KiB, until one is refused; resolves to the tags of the others. */
async function pushUntilRefused({ registry }: SmallDisk, image: TestImage): Promise<string[]> {
  const accepted: string[] = []
  for (;;) {
    const tag = `variant-${accepted.length}`
    const annotations = { tag, filling: random.bytes(32_768).toString('hex') }
    const manifest = JSON.stringify({ ...JSON.parse(image.manifest), annotations })
    const variant = { ...image, manifest, digest: digestOf(manifest) }
    const push = pushManifest(registry, repositoryName, tag, variant)
    if (!(await isAccepted(push))) return accepted
    accepted.push(tag)
  }
}

async function isAccepted(push: Promise<void>): Promise<boolean> {
  try {
    await push
    return true
  } catch {
    await expectNoSpaceAtTheRegistry(push)
    return false
  }
}

async function tagsOf({ ecr }: SmallDisk): Promise<(string | undefined)[]> {
  const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName, maxResults: 1000 }))
  return imageIds.map(({ imageTag }) => imageTag).toSorted()
}

async function expectNoSpaceAtTheRegistry(request: Promise<unknown>): Promise<void> {
  const refusal = await request.catch((error: unknown) => error)
  if (!(refusal instanceof UnexpectedAnswerError)) throw refusal
  expect({ status: refusal.status, body: JSON.parse(refusal.body) }).toEqual({
    status: 507,
    body: { errors: [{ code: 'UNAVAILABLE', message: expect.stringContaining('no space left') }] },
  })
}

async function expectNoSpaceAtTheApi(request: Promise<unknown>): Promise<void> {
  await expect(request).rejects.toMatchObject({ name: 'ServerException', $metadata: { httpStatusCode: 500 } })
}
