import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryBlobStore } from '../../src/stores/blobs/memory-blob-store.ts'
import { openSqliteMetadata } from '../../src/stores/metadata/sqlite.ts'
import { openDoors } from '../garbage/doors.ts'
import { manifests } from '../garbage/model.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { anySteps, create, push, type Step } from './commands.ts'
import { repositoryNames, StateModel } from './state-model.ts'

const plans = Number(process.env.BERTH_TEST_PLANS ?? 6)
const seed = process.env.BERTH_TEST_SEED
/** Of each plan, so that it goes the same way whenever it is made. */
const start = Date.UTC(2030, 0, 1)

/** fast-check prints the seed of a plan that fails, and the shortest plan that does. */
test(
  'whatever happens at both doors, they show the same images, tags and replicas as a model on paper',
  async () => {
    let steps = 0
    const plan = async (commands: Iterable<Step>) => {
      await liveThrough(commands)
      steps += [...commands].length
    }
    const limits = { numRuns: plans, interruptAfterTimeLimit: plans * 10_000 }
    await fc.assert(fc.asyncProperty(anySteps, plan), { ...limits, ...(seed && { seed: Number(seed) }) })
    expect(steps).toBeGreaterThan(plans * 4)
  },
  plans * 15_000,
)

/** In a registry of its own: jobs outlive their repositories, and would come from one plan into the next. */
async function liveThrough(commands: Iterable<Step>): Promise<void> {
  const model = new StateModel(start)
  const now = () => new Date(model.now)
  await using folder = await temporaryFolder()
  await using metadata = await openSqliteMetadata({ file: join(folder.path, 'berth.db'), now })
  await using doors = await openDoors({ metadata, blobs: new MemoryBlobStore({ now }), now })
  for (const name of repositoryNames) {
    await create(name).run(model, doors)
    for (const manifest of manifests) await push(name, manifest, 'v1', 'v2').run(model, doors)
  }
  await fc.asyncModelRun(() => ({ model, real: doors }), commands)
}
