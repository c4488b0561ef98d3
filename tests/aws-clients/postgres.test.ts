import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  type ECRClient,
  ImageTagAlreadyExistsException,
  ListImagesCommand,
  PutImageCommand,
  PutImageTagMutabilityCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testUnless } from '../support/installed-programs.ts'
import { startPostgresDatabase } from '../support/postgres-database.ts'
import { pullImage } from '../support/pull-image.ts'
import { pushImage } from '../support/push-image.ts'
import { pushThroughApi } from '../support/push-through-api.ts'
import type { RegistryAccess } from '../support/registry-client.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { missingPostgres } from '../support/start-postgres.ts'
import { randomImage, type TestImage } from '../support/test-image.ts'

const test = testUnless(missingPostgres() ?? false)
const repositoryName = 'team/app'
const random = new SeededRandom('postgres')
const image = randomImage(random)
const resources = new AsyncDisposableStack()
let berth: BerthProcess
let ecr: ECRClient
let registry: RegistryAccess

beforeAll(async () => {
  const database = resources.use(await startPostgresDatabase())
  berth = resources.use(await startBerthProcess({ flags: ['--database', database.url] }))
  ecr = await ecrClientOf(berth)
  registry = await logIn(berth, ecr)
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
})
afterAll(() => resources.disposeAsync())

test('images come in through both doors and go out whole', async () => {
  await pushImage(registry, repositoryName, 'v1', image)
  const other = randomImage(random, [6_000_000, 10])
  await pushThroughApi(ecr, repositoryName, 'v2', other)
  expect(await pullImage(registry, repositoryName, 'v1')).toBe(image.digest)
  expect(await pullImage(registry, repositoryName, 'v2')).toBe(other.digest)
})

test('an immutable tag stays where it is, and its image takes another', async () => {
  await ecr.send(new PutImageTagMutabilityCommand({ repositoryName, imageTagMutability: 'IMMUTABLE' }))
  await expect(putManifest('v1', randomImage(random))).rejects.toThrow(ImageTagAlreadyExistsException)
  const { images = [] } = await ecr.send(
    new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] }),
  )
  await ecr.send(
    new PutImageCommand({ repositoryName, imageTag: 'release', imageManifest: images[0]?.imageManifest }),
  )
  expect(await pullImage(registry, repositoryName, 'release')).toBe(image.digest)
})

test('everything is there after kill -9', async () => {
  await berth.kill()
  await berth.start()
  const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName }))
  expect(imageIds.map(({ imageTag }) => imageTag)).toEqual(expect.arrayContaining(['v1', 'v2', 'release']))
  for (const { imageTag = '', imageDigest } of imageIds) {
    expect(await pullImage(registry, repositoryName, imageTag)).toBe(imageDigest)
  }
})

function putManifest(imageTag: string, { manifest }: TestImage): Promise<unknown> {
  return ecr.send(new PutImageCommand({ repositoryName, imageTag, imageManifest: manifest }))
}
