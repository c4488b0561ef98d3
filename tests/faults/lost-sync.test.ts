import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateRepositoryCommand, type ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testUnless } from '../support/installed-programs.ts'
import { pullImage } from '../support/pull-image.ts'
import { pushImage } from '../support/push-image.ts'
import type { RegistryAccess } from '../support/registry-client.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { randomImage } from '../support/test-image.ts'
import { isBrokenConnection } from './crash/answer.ts'
import { type ForgetfulDisk, openForgetfulDisk, whyNoForgetfulDisk } from './power/forgetful-disk.ts'
import { checkIntegrity } from './small-disk.ts'

const repositoryName = 'team/app'
const test = testUnless(whyNoForgetfulDisk())

for (const file of ['metadata.db-wal', 'metadata.db'] as const) {
  test(`after a failed sync of ${file} nothing is acknowledged, and what was and will be outlives a power cut`, async () => {
    await using world = await openWorld()
    await world.push()
    await world.disk.failSync(file, 1)
    await world.pushUntilDead()
    expect(await world.berth.ended()).toBe('SIGKILL')
    expect(world.berth.output).toContain('The disk could not keep a change to the database')
    await world.berth.start()
    await world.push()
    await world.cutPower()
    await world.expectAllPushed()
  })
}

test('without a failed sync a power cut loses nothing', async () => {
  await using world = await openWorld()
  for (let pushes = 0; pushes < 3; pushes += 1) await world.push()
  await world.cutPower()
  await world.expectAllPushed()
})

test('a log that the disk can not keep is not built upon', async () => {
  await using world = await openWorld()
  await world.push()
  await world.berth.kill()
  await world.disk.failSync('metadata.db-wal', 1)
  await expect(world.berth.start()).rejects.toThrow(/EIO/)
  await world.berth.start()
  await world.expectAllPushed()
})

/** A Berth on a disk that forgets, and its one client. */
class World implements AsyncDisposable {
  readonly berth: BerthProcess
  readonly disk: ForgetfulDisk
  readonly #ecr: ECRClient
  readonly #registry: RegistryAccess
  readonly #random = new SeededRandom('lost sync')
  readonly #acknowledged = new Map<string, string>()

  constructor(berth: BerthProcess, disk: ForgetfulDisk, doors: { ecr: ECRClient; registry: RegistryAccess }) {
    this.berth = berth
    this.disk = disk
    this.#ecr = doors.ecr
    this.#registry = doors.registry
  }

  async push(): Promise<void> {
    const [tag, image] = [`v${this.#acknowledged.size}`, randomImage(this.#random, [100])]
    await pushImage(this.#registry, repositoryName, tag, image)
    this.#acknowledged.set(tag, image.digest)
  }

  /** Nobody may be answered when the disk has failed: it is no error of the request, and nobody knows what came of it. */
  async pushUntilDead(): Promise<void> {
    for (;;) {
      const failure = await this.push().catch((error: unknown) => error)
      if (failure === undefined) continue
      if (!isBrokenConnection(failure)) throw failure
      return
    }
  }

  async cutPower(): Promise<void> {
    await this.berth.kill()
    await this.disk.cutPower()
    await this.berth.start()
  }

  async expectAllPushed(): Promise<void> {
    const { imageIds = [] } = await this.#ecr.send(
      new ListImagesCommand({ repositoryName, maxResults: 1000 }),
    )
    const listed = new Map(imageIds.map(({ imageTag = '', imageDigest = '' }) => [imageTag, imageDigest]))
    for (const [tag, digest] of this.#acknowledged) {
      expect(listed.get(tag)).toBe(digest)
      expect(await pullImage(this.#registry, repositoryName, tag)).toBe(digest)
    }
    expect(checkIntegrity(join(this.berth.dataDir, 'metadata.db'))).toEqual([{ integrity_check: 'ok' }])
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.berth[Symbol.asyncDispose]()
  }
}

async function openWorld(): Promise<World> {
  const resources = new AsyncDisposableStack()
  const { path } = resources.use(await temporaryFolder())
  const dataDir = join(path, 'data')
  await mkdir(dataDir)
  const disk = await openForgetfulDisk(path, dataDir)
  const berth = await startBerthProcess({ dataDir, env: disk.env, resources })
  const ecr = await ecrClientOf(berth)
  const registry = await logIn(berth, ecr)
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  return new World(berth, disk, { ecr, registry })
}
