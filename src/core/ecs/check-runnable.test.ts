import { describe, expect, test } from 'vitest'
import { checkRunnable } from './check-runnable.ts'
import type { ContainerDefinition } from './container-definition.ts'
import { EcsClientError } from './errors.ts'
import type { TaskDefinitionContent, Volume } from './task-definition.ts'
import { strictTaskRules, type TaskRight } from './task-rules.ts'

function taskWith(
  container: ContainerDefinition,
  facts: Partial<TaskDefinitionContent> = {},
): TaskDefinitionContent {
  return { containerDefinitions: [{ name: 'app', image: 'httpd', memory: 64, ...container }], ...facts }
}

function taskOn(volume: Volume): TaskDefinitionContent {
  return taskWith({}, { volumes: [{ name: 'data', ...volume }] })
}

/** What a later service model may have. */
const newer = { newerThanThis: true }
const secretOptions = [{ name: 'token', valueFrom: 'token' }]
const bind = { type: 'none', o: 'bind', device: '/' }

describe('needs a right of the operator:', () => {
  test.each<[TaskRight, TaskDefinitionContent]>([
    ['privileged', taskWith({ privileged: true })],
    ['capabilities', taskWith({ linuxParameters: { capabilities: { add: ['SYS_ADMIN'] } } })],
    ['devices', taskWith({ linuxParameters: { devices: [{ hostPath: '/dev/kmsg' }] } })],
    ['security-options', taskWith({ dockerSecurityOptions: ['apparmor:unconfined'] })],
    ['host-network', taskWith({}, { networkMode: 'host' })],
    ['host-pid', taskWith({}, { pidMode: 'host' })],
    ['host-ipc', taskWith({}, { ipcMode: 'host' })],
    ['volume-drivers', taskOn({ dockerVolumeConfiguration: { driver: 'nfs' } })],
    ['volume-drivers', taskOn({ dockerVolumeConfiguration: { driverOpts: bind } })],
  ])('%s', (right, task) => {
    expect(() => checkRunnable(task, strictTaskRules)).toThrow(`--tasks-may ${right}`)
    expect(() => checkRunnable(task, { ...strictTaskRules, rights: new Set([right]) })).not.toThrow()
  })
})

test.each(['/etc', '/srv/data/below', '/srv/data/', '/srv/data/../data', '/srv/./data'])(
  'mounts no folder but those that are named: %s',
  (sourcePath) => {
    const rules = { ...strictTaskRules, folders: new Set(['/srv/data']) }
    expect(() => checkRunnable(taskOn({ host: { sourcePath: '/srv/data' } }), rules)).not.toThrow()
    expect(() => checkRunnable(taskOn({ host: { sourcePath } }), rules)).toThrow('--task-folders')
  },
)

test.each<[string, TaskDefinitionContent]>([
  ["'containerPortRange'", taskWith({ portMappings: [{ containerPortRange: '80-90' }] })],
  ["'resourceRequirements'", taskWith({ resourceRequirements: [{ type: 'GPU', value: '1' }] })],
  [
    "'logConfiguration.secretOptions'",
    taskWith({ logConfiguration: { logDriver: 'awslogs', secretOptions } }),
  ],
  ["'healthCheck.newerThanThis'", taskWith({ healthCheck: { ...newer, command: ['CMD', 'true'] } })],
  ["'portMappings.newerThanThis'", taskWith({ portMappings: [{}, { ...newer, containerPort: 80 }] })],
  [
    "'runtimePlatform.newerThanThis'",
    taskWith({}, { runtimePlatform: { ...newer, cpuArchitecture: 'ARM64' } }),
  ],
  [
    "'linuxParameters.tmpfs.newerThanThis'",
    taskWith({ linuxParameters: { tmpfs: [{ ...newer, containerPath: '/run', size: 1 }] } }),
  ],
  ["volumes of 'newerThanThis'", taskWith({}, { volumes: [{ ...newer, name: 'data' }] })],
  ["'log driver fluentd'", taskWith({ logConfiguration: { logDriver: 'fluentd' } })],
  ["'log option tag'", taskWith({ logConfiguration: { logDriver: 'json-file', options: { tag: 'x' } } })],
  ["'proxyConfiguration'", taskWith({}, { proxyConfiguration: { containerName: 'app' } })],
  ["'taskRoleArn'", taskWith({}, { taskRoleArn: 'web' })],
])('refuses what it would not act upon: %s', (setting, task) => {
  expect(() => checkRunnable(task, strictTaskRules)).toThrow(EcsClientError)
  expect(() => checkRunnable(task, strictTaskRules)).toThrow(setting)
})

test.each([
  [{ mode: 'sometimes' }, 'logging mode not supported: sometimes'],
  [{ 'max-buffer-size': '4m' }, "only supported with 'mode=non-blocking'"],
  [{ mode: 'blocking', 'max-buffer-size': '4m' }, "only supported with 'mode=non-blocking'"],
  [{ mode: 'non-blocking', 'max-buffer-size': '4x' }, "invalid size: '4x'"],
  [{ 'awslogs-create-group': 'yes' }, "'awslogs-create-group': yes"],
])('refuses values of log options that mean nothing: %j', (options, why) => {
  const task = taskWith({ logConfiguration: { logDriver: 'awslogs', options } })
  expect(() => checkRunnable(task, strictTaskRules)).toThrow(EcsClientError)
  expect(() => checkRunnable(task, strictTaskRules)).toThrow(why)
})

test.each([
  { mode: 'blocking', 'awslogs-create-group': 'false' },
  { mode: 'non-blocking', 'awslogs-create-group': 'true' },
  { mode: 'non-blocking', 'max-buffer-size': '25m' },
  { mode: 'non-blocking', 'max-buffer-size': '4194304' },
  { mode: 'non-blocking', 'max-buffer-size': '1.5 GiB' },
])('runs with the log options %j', (options) => {
  const task = taskWith({ logConfiguration: { logDriver: 'awslogs', options } })
  expect(() => checkRunnable(task, strictTaskRules)).not.toThrow()
})

test('runs what asks for no more than its own containers', () => {
  const modest = taskWith({
    dockerSecurityOptions: ['no-new-privileges'],
    linuxParameters: { capabilities: { drop: ['ALL'] }, tmpfs: [{ containerPath: '/tmp', size: 1 }] },
    logConfiguration: { logDriver: 'json-file', options: { 'max-size': '1m' } },
  })
  expect(() => checkRunnable(modest, strictTaskRules)).not.toThrow()
})

test('runs a range of ports where they are those of its own interface', () => {
  const portMappings = [{ containerPortRange: '8000-8010' }]
  expect(() =>
    checkRunnable(taskWith({ portMappings }, { networkMode: 'awsvpc' }), strictTaskRules),
  ).not.toThrow()
})

test('runs containers with environment files where there are such', () => {
  const task = taskWith({ environmentFiles: [{ value: 'arn:aws:s3:::team-files/web.env', type: 's3' }] })
  expect(() => checkRunnable(task, strictTaskRules)).toThrow('--task-environment-files')
  expect(() => checkRunnable(task, { ...strictTaskRules, hasFiles: true })).not.toThrow()
})
