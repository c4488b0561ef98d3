import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ContainerDefinition } from '../container-definition.ts'
import { EcsClientError } from '../errors.ts'
import type { TaskDefinitionContent } from '../task-definition.ts'
import { checkTaskDefinition } from './check-task-definition.ts'
import { compatibilitiesOf } from './compatibilities.ts'
import { readTaskCpu, readTaskMemory } from './task-size.ts'

const web: ContainerDefinition = { name: 'web', image: 'httpd:2', memory: 128 }
const onFargate: TaskDefinitionContent = {
  containerDefinitions: [{ name: 'web', image: 'httpd:2' }],
  requiresCompatibilities: ['FARGATE'],
  networkMode: 'awsvpc',
  cpu: '256',
  memory: '512',
}

function withContainers(...containerDefinitions: ContainerDefinition[]): TaskDefinitionContent {
  return { containerDefinitions }
}

function withWeb(facts: ContainerDefinition): TaskDefinitionContent {
  return withContainers({ ...web, ...facts })
}

test('what was not given is as it is without', () => {
  const given = withWeb({ portMappings: [{ containerPort: 80 }], healthCheck: { command: ['CMD', 'true'] } })
  expect(checkTaskDefinition('web', given)).toEqual({
    networkMode: 'bridge',
    volumes: [],
    placementConstraints: [],
    containerDefinitions: [
      {
        ...web,
        cpu: 0,
        portMappings: [{ containerPort: 80, hostPort: 0, protocol: 'tcp' }],
        essential: true,
        environment: [],
        mountPoints: [],
        volumesFrom: [],
        systemControls: [],
        healthCheck: { command: ['CMD', 'true'], interval: 30, timeout: 5, retries: 3 },
      },
    ],
  })
})

test('what is registered can be registered again, and stays as it is', () => {
  const once = checkTaskDefinition('web', onFargate)
  expect(checkTaskDefinition('web', once)).toEqual(once)
})

test('a task that Fargate could run is compatible with it, asked for or not', () => {
  const { requiresCompatibilities: _, ...given } = onFargate
  expect(compatibilitiesOf(checkTaskDefinition('web', given))).toEqual(['EC2', 'FARGATE'])
  expect(compatibilitiesOf(checkTaskDefinition('web', withWeb({})))).toEqual(['EC2'])
})

describe('is refused:', () => {
  const image = '111122223333.dkr.ecr.us-east-1.amazonaws.com/web:1'
  const awslogs = { 'awslogs-region': 'us-east-1', 'awslogs-group': 'web' }
  const log = { logDriver: 'awslogs', options: awslogs } as const
  const sums = "The sum of all container 'cpu' values cannot be greater than the value of the task 'cpu'."
  const needsRole = 'Fargate requires task definition to have execution role ARN to support'
  const ends = 'A dependency container with SUCCESS or COMPLETE condition cannot be an essential container'
  const noMemory =
    "Invalid setting for container 'web'. At least one of 'memory' or 'memoryReservation' must be specified."
  const ports = 'When networkMode=awsvpc, the host ports and container ports in port mappings must match.'

  test.each<[string, TaskDefinitionContent]>([
    ['Container list cannot be empty.', withContainers()],
    ['Container.name should not be null or empty.', withContainers({ image: 'httpd', memory: 128 })],
    ['Container.image should not be null or empty.', withContainers({ name: 'web', memory: 128 })],
    ['Container.image contains invalid characters.', withWeb({ image: 'ht tpd' })],
    ['Container definition names must be unique.', withContainers(web, web)],
    [noMemory, withContainers({ name: 'web', image: 'httpd' })],
    ['A task definition must have at least one essential container.', withWeb({ essential: false })],
    ["Invalid 'containerPort' setting for container 'web'.", withWeb({ portMappings: [{ hostPort: 80 }] })],
    [
      "Invalid 'environmentFiles' setting for container 'web'. 'arn:aws:s3:::team-files/web.txt' is not the ARN of an object of S3 whose name ends with '.env'.",
      withWeb({ environmentFiles: [{ type: 's3', value: 'arn:aws:s3:::team-files/web.txt' }] }),
    ],
    [
      "Invalid 'environmentFiles' setting for container 'web'. There may be up to 10.",
      withWeb({
        environmentFiles: Array.from(
          { length: 11 },
          () => ({ type: 's3', value: 'arn:aws:s3:::team-files/web.env' }) as const,
        ),
      }),
    ],
    [
      "Invalid 'restartPolicy.restartAttemptPeriod' setting for container 'web'. It must be between 60 and 1800.",
      withWeb({ restartPolicy: { enabled: true, restartAttemptPeriod: 59 } }),
    ],
    [
      "Invalid 'restartPolicy.ignoredExitCodes' setting for container 'web'. There may be up to 50.",
      withWeb({
        restartPolicy: { enabled: true, ignoredExitCodes: Array.from({ length: 51 }, (_, code) => code) },
      }),
    ],
    ["Invalid 'startTimeout' setting for container 'web'.", withWeb({ startTimeout: -1 })],
    [
      "Invalid 'containerPort' setting for container 'web'.",
      withWeb({ portMappings: [{ containerPort: 65_536 }] }),
    ],
    ["Unknown volume 'data'.", withWeb({ mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] })],
    ['Role is not valid', { ...withWeb({}), taskRoleArn: 'arn:aws:iam::1:role/web' }],
    ["Invalid 'cpu' setting for task.", { ...withWeb({}), cpu: '64' }],
    [sums, { ...withWeb({ cpu: 512 }), cpu: '256' }],
    [
      'Log driver awslogs requires options: awslogs-region, awslogs-group',
      withWeb({ logConfiguration: { logDriver: 'awslogs' } }),
    ],
    [
      ends,
      withContainers(web, {
        ...web,
        name: 'two',
        dependsOn: [{ containerName: 'web', condition: 'SUCCESS' }],
      }),
    ],
    [
      "Container 'one' waits for itself by its 'dependsOn'.",
      withContainers(
        { ...web, name: 'one', dependsOn: [{ containerName: 'two', condition: 'START' }] },
        { ...web, name: 'two', dependsOn: [{ containerName: 'one', condition: 'START' }] },
      ),
    ],
    [
      ports,
      {
        ...onFargate,
        containerDefinitions: [{ ...web, portMappings: [{ containerPort: 80, hostPort: 81 }] }],
      },
    ],
    ["Fargate only supports network mode 'awsvpc'.", { ...onFargate, networkMode: 'bridge' }],
    [
      'No Fargate configuration exists for given values: 256 CPU, 4096 memory.',
      { ...onFargate, memory: '4 GB' },
    ],
    [`${needsRole} ECR images.`, { ...onFargate, containerDefinitions: [{ ...web, image }] }],
    [
      `${needsRole} log driver awslogs.`,
      { ...onFargate, containerDefinitions: [{ ...web, logConfiguration: log }] },
    ],
    [
      "Actual length: '70087'. Max allowed length is '65536' bytes.",
      withWeb({ command: ['x'.repeat(70_000)] }),
    ],
  ])('%s', (message, given) => {
    expect(() => checkTaskDefinition('web', given)).toThrow(new EcsClientError(message))
  })

  test('a family of other characters', () => {
    expect(() => checkTaskDefinition('we b', withWeb({}))).toThrow('Family contains invalid characters.')
    expect(() => checkTaskDefinition('', withWeb({}))).toThrow('Family should not be null or empty.')
  })
})

describe('the size of a task', () => {
  test.each([
    ['256', '256'],
    ['.5 vCPU', '512'],
    ['1vcpu', '1024'],
  ])('%j of CPU are %s units', (text, units) => {
    expect(readTaskCpu(text)).toBe(units)
  })

  test.each([
    ['512', '512'],
    ['1 GB', '1024'],
    ['0.5GB', '512'],
  ])('%j of memory are %s MiB', (text, mebibytes) => {
    expect(readTaskMemory(text)).toBe(mebibytes)
  })

  test('is a number that is read as itself again, or refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^\d*\.?\d* ?(vcpu|GB)?$/)), (text) => {
        for (const read of [readTaskCpu, readTaskMemory]) {
          try {
            expect(read(read(text))).toBe(read(text))
          } catch (error) {
            expect(error).toBeInstanceOf(EcsClientError)
          }
        }
      }),
    )
  })
})
