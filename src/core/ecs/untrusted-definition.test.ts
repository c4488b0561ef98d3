import { expect, test } from 'vitest'
import { checkRunnable } from './check-runnable.ts'
import type { ContainerDefinition } from './container-definition.ts'
import { checkTaskDefinition } from './registering/check-task-definition.ts'
import type { TaskDefinitionContent, Volume } from './task-definition.ts'
import { strictTaskRules } from './task-rules.ts'

const app: ContainerDefinition = { name: 'app', image: 'web', memory: 64 }
const bind = { type: 'none', o: 'bind', device: '/' }
const digest = 'a'.repeat(64)

function containerThat(facts: ContainerDefinition): TaskDefinitionContent {
  return { containerDefinitions: [{ ...app, ...facts }] }
}

function volumeThat(volume: Volume, containerPath = '/data'): TaskDefinitionContent {
  const mountPoints = [{ sourceVolume: 'data', containerPath }]
  return { containerDefinitions: [{ ...app, mountPoints }], volumes: [{ name: 'data', ...volume }] }
}

/** What registering and running say of a definition together. */
function take(given: TaskDefinitionContent): void {
  const rules = { ...strictTaskRules, folders: new Set(['/srv/data']) }
  checkRunnable(checkTaskDefinition('web', given), rules)
}

test('the definition that these are made of is fine', () => {
  expect(() => take(volumeThat({ host: { sourcePath: '/srv/data' } }))).not.toThrow()
})

test.each<[string, TaskDefinitionContent, string]>([
  ['the whole disk', volumeThat({ host: { sourcePath: '/' } }), '--task-folders'],
  ['a step back', volumeThat({ host: { sourcePath: '/srv/data/../../etc' } }), '--task-folders'],
  ['a step aside', volumeThat({ host: { sourcePath: '/srv/./data' } }), '--task-folders'],
  ['a slash more', volumeThat({ host: { sourcePath: '/srv/data/' } }), '--task-folders'],
  ['what may be a link', volumeThat({ host: { sourcePath: '/srv/data/link' } }), '--task-folders'],
  ['no path', volumeThat({ host: { sourcePath: '' } }), '--task-folders'],
  ["the engine's socket", volumeThat({ host: { sourcePath: '/var/run/docker.sock' } }), '--task-folders'],
  ['a bind by options', volumeThat({ dockerVolumeConfiguration: { driverOpts: bind } }), '--tasks-may'],
  ['another driver', volumeThat({ dockerVolumeConfiguration: { driver: 'vieux/sshfs' } }), '--tasks-may'],
  ['a volume of another name', volumeThat({ name: '../data' }), 'Invalid volume name'],
  ['a path out of the container', volumeThat({}, '/data/../../etc'), 'Invalid container path'],
  [
    "another task's volumes",
    containerThat({ volumesFrom: [{ sourceContainer: 'other' }] }),
    'unknown container',
  ],
  ["another task's name", containerThat({ links: ['ecs-db-1-db-0:db'] }), 'unknown container'],
  ['a link with options', containerThat({ links: ['app:a:b'] }), 'Invalid network settings'],
  ['unconfined', containerThat({ dockerSecurityOptions: ['seccomp=unconfined'] }), '--tasks-may'],
  [
    'a profile',
    containerThat({ dockerSecurityOptions: ['no-new-privileges', 'label=disable'] }),
    '--tasks-may',
  ],
  ['a device', containerThat({ linuxParameters: { devices: [{ hostPath: '/dev/sda' }] } }), '--tasks-may'],
  ['a capability', containerThat({ linuxParameters: { capabilities: { add: ['ALL'] } } }), '--tasks-may'],
  ['a bind as tmpfs', tmpfsWith('bind'), 'Unknown mount option'],
  ['shared mounts', tmpfsWith('rshared'), 'Unknown mount option'],
  ['options in one', tmpfsWith('rw,bind'), 'Unknown mount option'],
  ["the machine's kernel", sysctl('kernel.core_pattern'), 'systemControls'],
  ["the machine's kernel by net", sysctl('net/../kernel/core_pattern'), 'systemControls'],
  ["the machine's memory", sysctl('vm.overcommit_memory'), 'systemControls'],
  [
    'a line more in hosts',
    containerThat({ extraHosts: [{ hostname: 'a\nb', ipAddress: '::1' }] }),
    'network',
  ],
  [
    'the gateway by name',
    containerThat({ extraHosts: [{ hostname: 'a', ipAddress: 'host-gateway' }] }),
    'network',
  ],
  ['a line more in resolv.conf', containerThat({ dnsSearchDomains: ['a\nnameserver 1.1.1.1'] }), 'network'],
  ['a server by name', containerThat({ dnsServers: ['host-gateway'] }), 'network'],
  ["Berth's label", containerThat({ dockerLabels: { 'berth.owner': 'me' } }), 'is reserved'],
  ["ECS's label", containerThat({ dockerLabels: { 'com.amazonaws.ecs.task-arn': 'arn' } }), 'is reserved'],
  [
    "Compose's label",
    containerThat({ dockerLabels: { 'com.docker.compose.project': 'shop' } }),
    "Docker's own",
  ],
  ["Berth's label on a volume", labelled('berth.owner'), 'is reserved'],
  ["ECS's label on a volume", labelled('com.amazonaws.ecs.task-arn'), 'is reserved'],
  ["Compose's label on a volume", labelled('com.docker.compose.volume'), "Docker's own"],
  ['a file for output', log('json-file', 'path'), 'log option path'],
  ['a socket for output', log('syslog', 'syslog-address'), 'log driver syslog'],
  [
    "a health check that isn't run inside",
    containerThat({ healthCheck: { command: ['HOST', 'id'] } }),
    'healthCheck',
  ],
  ['a time to stop without end', containerThat({ stopTimeout: -1 }), "Invalid 'stopTimeout'"],
  ['a name with a path', containerThat({ name: '../app' }), 'invalid characters'],
  ["the pause container's name", containerThat({ name: '.pause' }), 'invalid characters'],
  ['an image that is there', containerThat({ image: `sha256:${digest}` }), "name the image's repository"],
  ['an image that is there, by its bare id', containerThat({ image: digest }), "name the image's repository"],
  ['a variable in a name', containerThat({ environment: [{ name: 'A=B', value: '' }] }), "can't have a '='"],
  ['too much', containerThat({ command: ['x'.repeat(70_000)] }), 'Max allowed length'],
  ["the machine's processes", { ...containerThat({}), pidMode: 'host' }, '--tasks-may'],
  ["the machine's network", { ...containerThat({}), networkMode: 'host' }, '--tasks-may'],
  ["the machine's memory segments", { ...containerThat({}), ipcMode: 'host' }, '--tasks-may'],
])('no definition gets %s', (_, definition, refusal) => {
  expect(() => take(definition)).toThrow(refusal)
})

function tmpfsWith(option: string): TaskDefinitionContent {
  return containerThat({
    linuxParameters: { tmpfs: [{ containerPath: '/tmp', size: 1, mountOptions: [option] }] },
  })
}

function sysctl(namespace: string): TaskDefinitionContent {
  return containerThat({ systemControls: [{ namespace, value: '1' }] })
}

function labelled(label: string): TaskDefinitionContent {
  return volumeThat({ dockerVolumeConfiguration: { scope: 'shared', labels: { [label]: 'x' } } })
}

function log(logDriver: 'json-file' | 'syslog', option: string): TaskDefinitionContent {
  return containerThat({ logConfiguration: { logDriver, options: { [option]: '/etc/cron.d/x' } } })
}
