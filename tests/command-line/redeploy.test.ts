import { CreateRepositoryCommand } from '@aws-sdk/client-ecr'
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeServicesCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from '@aws-sdk/client-ecs'
import { expect, test } from 'vitest'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { runProgram } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pushImage } from '../support/push-image.ts'
import { blob, imageOf } from '../support/test-image.ts'

const redeploy = (berth: BerthProcess, ...args: readonly string[]) =>
  runProgram(process.execPath, [BERTH, 'ecs', 'redeploy', ...args, '--data-dir', berth.dataDir])

test('berth ecs redeploy has pushes of a tag deploy a service anew, until it is off', async () => {
  // Without an engine nothing runs, but deployments begin.
  await using berth = await startBerthProcess({ flags: ['--docker-socket', '/nowhere/docker.sock'] })
  const ecr = await ecrClientOf(berth)
  await ecr.send(new CreateRepositoryCommand({ repositoryName: 'team/app' }))
  const access = await logIn(berth, ecr)
  const push = (tag: string, content: string) =>
    pushImage(
      access,
      'team/app',
      tag,
      imageOf({ os: 'linux', architecture: 'amd64' }, [blob(Buffer.from(content))]),
    )
  await push('prod', 'one')
  const service = await serviceOn(berth, ecr.config)

  expect(await redeploy(berth, 'on', 'team/app', 'demo/web')).toMatchObject({ exitCode: 1 })
  expect(await redeploy(berth, 'on', 'team/app:prod', 'demo/absent')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Service not found.'),
  })
  const said = 'Each push of team/app:prod redeploys demo/web.'
  expect((await redeploy(berth, 'on', 'team/app:prod', 'demo/web')).stdout).toContain(said)
  expect((await redeploy(berth, 'on', 'team/app:prod', 'demo/web')).stdout).toContain(said)
  expect((await redeploy(berth, 'list')).stdout).toMatch(/^team\/app:prod +demo\/web +berth-redeploy-/m)

  const first = await service.deployment()
  await push('prod', 'two')
  await expect.poll(service.deployment, { timeout: 30_000 }).not.toBe(first)
  expect((await redeploy(berth, 'off', 'team/app:prod', 'demo/web')).stdout).toContain(
    'No push of team/app:prod',
  )
  expect((await redeploy(berth, 'list')).stdout).toContain('No push redeploys a service')
  expect(await redeploy(berth, 'off', 'team/app:prod', 'demo/web')).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('No push of team/app:prod redeploys demo/web.'),
  })
})

async function serviceOn(berth: BerthProcess, { credentials }: Pick<ECSClient['config'], 'credentials'>) {
  const ecs = new ECSClient({ endpoint: berth.url, region: 'us-east-1', credentials })
  await ecs.send(new CreateClusterCommand({ clusterName: 'demo' }))
  const app = { name: 'app', image: `${berth.host}/team/app:prod`, memory: 64 }
  await ecs.send(new RegisterTaskDefinitionCommand({ family: 'web', containerDefinitions: [app] }))
  await ecs.send(
    new CreateServiceCommand({ cluster: 'demo', serviceName: 'web', taskDefinition: 'web', desiredCount: 1 }),
  )
  const describe = new DescribeServicesCommand({ cluster: 'demo', services: ['web'] })
  return {
    /** The id of the latest. */
    deployment: async () => (await ecs.send(describe)).services?.[0]?.deployments?.[0]?.id,
  }
}
