import { join } from 'node:path'
import { PutReplicationConfigurationCommand } from '@aws-sdk/client-ecr'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryBlobStore } from '../../src/stores/blobs/memory-blob-store.ts'
import { openSqliteMetadata } from '../../src/stores/metadata/sqlite.ts'
import { type Doors, openDoors } from '../garbage/doors.ts'
import { manifests } from '../garbage/model.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { anySteps, create, push, type Step } from './commands.ts'
import { repositoryNames, StateModel } from './state-model.ts'

const plans = 6

/** fast-check prints the seed of a plan that fails, and the shortest plan that does. */
test('whatever happens at both doors, they show the same images, tags and replicas as a model on paper', async () => {
  await using folder = await temporaryFolder()
  await using metadata = await openSqliteMetadata({ file: join(folder.path, 'berth.db') })
  let steps = 0
  const plan = async (commands: Iterable<Step>) => {
    const model = new StateModel(Date.now())
    const now = () => new Date(model.now)
    await using doors = await openDoors({ metadata, blobs: new MemoryBlobStore({ now }), now })
    await beginAnew(doors)
    for (const name of repositoryNames) {
      await create(name).run(model, doors)
      for (const manifest of manifests) await push(name, manifest, 'v1', 'v2').run(model, doors)
    }
    await fc.asyncModelRun(() => ({ model, real: doors }), commands)
    steps += [...commands].length
  }
  await fc.assert(fc.asyncProperty(anySteps, plan), { numRuns: plans, interruptAfterTimeLimit: 60_000 })
  expect(steps).toBeGreaterThan(plans * 4)
}, 90_000)

/** Leaves nothing of an earlier plan but blobs that nothing links. */
async function beginAnew({ registry, ecr, collect }: Doors): Promise<void> {
  await registry.metadata.write((tx) => tx.repositories.deleteAll(new Date(0)))
  await collect()
  await ecr().send(new PutReplicationConfigurationCommand({ replicationConfiguration: { rules: [] } }))
}
