import { afterAll, beforeAll, expect, test } from 'vitest'
import { ecsFaults } from './faults.ts'
import { type EcsDesk, openEcsDesk } from './testing/ecs-desk.ts'

const container = { name: 'app', image: 'web:1', memory: 8 }
const nobody = 'f'.repeat(32)
const vpc = { awsvpcConfiguration: { subnets: ['subnet-1'] } }

let desk: EcsDesk
beforeAll(async () => {
  desk = await openEcsDesk({ cpu: 4096, memory: 4096 })
  const { run } = desk
  for (const clusterName of ['default', 'busy', 'gone']) await run('CreateCluster', { clusterName })
  await run('DeleteCluster', { cluster: 'gone' })
  for (const family of ['web', 'old', 'vpc']) {
    const networkMode = family === 'vpc' ? 'awsvpc' : 'bridge'
    await run('RegisterTaskDefinition', { family, networkMode, containerDefinitions: [container] })
  }
  await run('DeregisterTaskDefinition', { taskDefinition: 'old:1' })
  await run('RunTask', { taskDefinition: 'web', cluster: 'busy', clientToken: 'once' })
  for (const serviceName of ['web', 'leaving']) {
    await run('CreateService', { serviceName, taskDefinition: 'web', desiredCount: 1 })
  }
  await run('DeleteService', { service: 'leaving', force: true })
})
afterAll(() => desk[Symbol.asyncDispose]())

const client = 'ClientException'
const invalid = 'InvalidParameterException'

/** The operation, what it is asked, and what AWS answers. */
test.each<[string, object, string, string]>([
  [
    'RegisterTaskDefinition',
    { family: 'a b', containerDefinitions: [container] },
    client,
    'Family contains invalid characters.',
  ],
  [
    'RegisterTaskDefinition',
    { family: '', containerDefinitions: [container] },
    client,
    'Family should not be null or empty.',
  ],
  [
    'RegisterTaskDefinition',
    { family: 'web', containerDefinitions: [] },
    client,
    'Container list cannot be empty.',
  ],
  ['DescribeTaskDefinition', { taskDefinition: 'none' }, client, 'Unable to describe task definition.'],
  ['DeregisterTaskDefinition', { taskDefinition: 'web' }, client, 'Revision is missing.'],
  ['DeregisterTaskDefinition', { taskDefinition: 'web:x' }, invalid, 'Invalid revision number. Number: x'],
  [
    'DeleteTaskDefinitions',
    { taskDefinitions: [] },
    invalid,
    'size of TaskDefinition references list must be greater than 0',
  ],
  [
    'DeleteTaskDefinitions',
    { taskDefinitions: Array.from({ length: 11 }, () => 'old:1') },
    invalid,
    'Size of TaskDefinition references list cannot exceed 10',
  ],
  ['RunTask', { taskDefinition: 'none' }, client, 'TaskDefinition not found.'],
  ['RunTask', { taskDefinition: 'old:1' }, client, 'TaskDefinition is inactive'],
  [
    'RunTask',
    { taskDefinition: 'vpc' },
    invalid,
    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
  ],
  [
    'RunTask',
    { taskDefinition: 'web', networkConfiguration: vpc },
    invalid,
    'Network Configuration is not valid for the given networkMode of this task definition.',
  ],
  [
    'RunTask',
    { taskDefinition: 'web', overrides: { containerOverrides: [{ name: 'other' }] } },
    invalid,
    'Override for container named other is not a container in the TaskDefinition.',
  ],
  ['RunTask', { taskDefinition: 'web', cluster: 'none' }, 'ClusterNotFoundException', 'Cluster not found.'],
  ['RunTask', { taskDefinition: 'web', cluster: 'gone' }, client, 'The referenced cluster was inactive.'],
  [
    'RunTask',
    { taskDefinition: 'web', cluster: 'busy', clientToken: 'once', startedBy: 'other' },
    'ConflictException',
    'The clientToken was used with other parameters before.',
  ],
  ['DescribeTasks', { tasks: [] }, invalid, 'Tasks cannot be empty.'],
  ['ListTasks', { serviceName: 'none' }, 'ServiceNotFoundException', 'Service not found.'],
  ['StopTask', { task: nobody }, invalid, 'The referenced task was not found.'],
  [
    'CreateService',
    { serviceName: 'web', taskDefinition: 'web', desiredCount: 2 },
    invalid,
    'Creation of service was not idempotent.',
  ],
  [
    'CreateService',
    { serviceName: 'leaving', taskDefinition: 'web', desiredCount: 1 },
    invalid,
    'Unable to Start a service that is still Draining.',
  ],
  [
    'CreateService',
    { serviceName: 'other', taskDefinition: 'web', desiredCount: 1, cluster: 'none' },
    'ClusterNotFoundException',
    'Cluster not found.',
  ],
  [
    'CreateService',
    { serviceName: 'other', taskDefinition: 'vpc', desiredCount: 1 },
    invalid,
    "Network Configuration must be provided when networkMode 'awsvpc' is specified.",
  ],
  ['UpdateService', { service: 'none' }, 'ServiceNotFoundException', 'Service not found.'],
  ['UpdateService', { service: 'leaving' }, 'ServiceNotActiveException', 'Service was not ACTIVE.'],
  ['UpdateService', { service: 'web', taskDefinition: 'old:1' }, client, 'TaskDefinition is inactive'],
  ['DeleteService', { service: 'web' }, invalid, 'The service cannot be stopped while it is scaled above 0.'],
  [
    'DescribeServices',
    { services: Array.from({ length: 11 }, () => 'web') },
    invalid,
    'Services cannot have more than 10 elements.',
  ],
  [
    'DeleteCluster',
    { cluster: 'default' },
    'ClusterContainsServicesException',
    'The Cluster cannot be deleted while Services are active.',
  ],
  [
    'DeleteCluster',
    { cluster: 'busy' },
    'ClusterContainsTasksException',
    'The Cluster cannot be deleted while Tasks are active.',
  ],
  ['DeleteCluster', { cluster: 'none' }, 'ClusterNotFoundException', 'Cluster not found.'],
])('%s of %j is refused as on AWS: %s %s', async (operation, input, exception, message) => {
  const refusal: unknown = await desk.run(operation, input).catch((error: unknown) => error)
  if (!(refusal instanceof Error)) throw new RangeError(`${operation} went through`)
  expect([ecsFaults[refusal.name], refusal.message]).toEqual([exception, message])
})
