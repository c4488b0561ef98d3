import { randomUUID } from 'node:crypto'
import { CreateRepositoryCommand } from '@aws-sdk/client-ecr'
import { expect, onTestFailed } from 'vitest'
import type { BerthProcess } from '../support/berth-process.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { stores } from './each-store.ts'
import { type Doors, type PlannedPush, planPushes, repositories } from './planned-push.ts'
import { resumeUpload } from './resume-upload.ts'
import { ServerLife } from './server-life.ts'
import { pullEverythingListed } from './whole-images.ts'

const sizes = {
  SQLite: { pushes: 60, leastKills: 5 },
  PostgreSQL: { pushes: 24, leastKills: 1 },
}

for (const { store, test, startBerth } of stores) {
  const { pushes, leastKills } = sizes[store]
  test(`with ${store}, after kill -9 at random points in ${pushes} pushes every acknowledged image is whole`, async () => {
    const seed = process.env.BERTH_TEST_SEED ?? randomUUID()
    onTestFailed(() => console.error(`To see it again: BERTH_TEST_SEED=${seed}`))
    await using berth = await startBerth()
    expect(await pushAll(berth, new SeededRandom(seed), pushes)).toBeGreaterThanOrEqual(leastKills)
  }, 300_000)
}

/** Pushes so many images, killing the server again and again and looking at everything after each restart; resolves to the number of kills. */
async function pushAll(berth: BerthProcess, random: SeededRandom, pushes: number): Promise<number> {
  const doors = await openDoors(berth)
  const queue = planPushes(random, pushes)
  const acknowledged: PlannedPush[] = []
  const interrupted: PlannedPush[] = []
  for (let kills = 0; ; kills += 1) {
    const life = new ServerLife(berth, doors, { pushes: random.below(12), milliseconds: random.below(30) })
    const killed = await life.live(queue)
    acknowledged.push(...life.acknowledged)
    interrupted.push(...life.interrupted)
    if (killed) await berth.start()
    await expectWhole(doors, acknowledged, interrupted)
    if (!killed) {
      expect(acknowledged).toHaveLength(pushes)
      return kills
    }
    for (const { upload } of life.uploads) await resumeUpload(doors.registry, upload)
    queue.push(...life.interrupted)
  }
}

async function openDoors(berth: BerthProcess): Promise<Doors> {
  const ecr = await ecrClientOf(berth)
  for (const repositoryName of repositories) await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  return { ecr, registry: await logIn(berth, ecr) }
}

/** Nothing that was acknowledged is missing, nothing is listed that nobody pushed, and all that is listed pulls. */
async function expectWhole(
  doors: Doors,
  acknowledged: readonly PlannedPush[],
  interrupted: readonly PlannedPush[],
): Promise<void> {
  for (const repository of repositories) {
    const listed = await pullEverythingListed(doors, repository)
    expect([...namesIn(repository, acknowledged)].filter((name) => !listed.has(name))).toEqual([])
    const pushed = namesIn(repository, [...acknowledged, ...interrupted])
    expect([...listed].filter((name) => !pushed.has(name))).toEqual([])
  }
}

function namesIn(repository: string, pushes: readonly PlannedPush[]): Set<string> {
  const there = pushes.filter((push) => push.repository === repository)
  return new Set(there.map(({ tag, image }) => `${tag} ${image.digest}`))
}
