import { CreateRepositoryCommand, PutReplicationConfigurationCommand } from '@aws-sdk/client-ecr'
import { expect, test, vi } from 'vitest'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pullImage } from '../support/pull-image.ts'
import { pushImage } from '../support/push-image.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { randomImage } from '../support/test-image.ts'

const repositoryName = 'team/app'

const replicate = (berth: BerthProcess, ...args: readonly string[]) =>
  outputOf(process.execPath, [BERTH, 'replicate', '--data-dir', berth.dataDir, ...args])

test('berth replicate says which images would go where, and has them go', async () => {
  await using berth = await startBerthProcess()
  const ecr = await ecrClientOf(berth)
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const image = randomImage(new SeededRandom('berth replicate'))
  await pushImage(await logIn(berth, ecr), repositoryName, 'v1', image)
  expect(await replicate(berth)).toBe('No image has anywhere to go by the replication rules.')
  const rules = [{ destinations: [{ region: 'eu-west-1', registryId: '000000000000' }] }]
  await ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration: { rules } }))
  const list = [
    'REPOSITORY   IMAGE                                                                     TAGS   TO',
    `team/app     ${image.digest}   v1     000000000000/eu-west-1`,
    '',
  ]
  expect(await replicate(berth, '--dry-run')).toBe([...list, '1 image would be replicated.'].join('\n'))
  expect(await replicate(berth, repositoryName)).toBe(
    [...list, '1 image to be replicated, in the background.'].join('\n'),
  )
  const abroad = await ecrClientOf(berth, { region: 'eu-west-1' })
  const registry = await logIn(berth, abroad)
  const arrived = () => pullImage(registry, repositoryName, 'v1').catch(() => undefined)
  await vi.waitUntil(async () => (await arrived()) === image.digest, { timeout: 30_000, interval: 100 })
  expect(JSON.parse(await replicate(berth, '--json'))).toEqual([])
})
