import { awsLogsObjection } from './awslogs.ts'
import type { ContainerDefinition, LogConfiguration } from './container-definition.ts'
import { EcsClientError } from './errors.ts'
import { checkConstraints } from './placement/constraints.ts'
import { checkDisguise } from './running/check-disguise.ts'
import { checkRights } from './running/check-rights.ts'
import { honouredWithin, honouredWithinTask } from './running/honoured-within.ts'
import type { TaskDefinitionContent } from './task-definition.ts'
import type { TaskRules } from './task-rules.ts'

/** What Berth acts upon when it runs a container; whatever else a definition says, it doesn't run. */
export const honoured: ReadonlySet<string> = new Set([
  'name',
  'image',
  'repositoryCredentials',
  'cpu',
  'memory',
  'memoryReservation',
  'links',
  'portMappings',
  'essential',
  'restartPolicy',
  'entryPoint',
  'command',
  'environment',
  'environmentFiles',
  'mountPoints',
  'volumesFrom',
  'linuxParameters',
  'secrets',
  'dependsOn',
  'startTimeout',
  'stopTimeout',
  'versionConsistency',
  'hostname',
  'user',
  'workingDirectory',
  'disableNetworking',
  'privileged',
  'readonlyRootFilesystem',
  'dnsServers',
  'dnsSearchDomains',
  'extraHosts',
  'dockerSecurityOptions',
  'interactive',
  'pseudoTerminal',
  'dockerLabels',
  'ulimits',
  'logConfiguration',
  'healthCheck',
  'systemControls',
] satisfies (keyof ContainerDefinition)[])

/** The same of a task. */
export const honouredOfTask: ReadonlySet<string> = new Set([
  'containerDefinitions',
  'networkMode',
  'requiresCompatibilities',
  'cpu',
  'memory',
  'taskRoleArn',
  'executionRoleArn',
  'volumes',
  'pidMode',
  'ipcMode',
  'runtimePlatform',
  'placementConstraints',
] satisfies (keyof TaskDefinitionContent)[])

/** Options of each log driver. @see Docker, "JSON File logging driver"; Amazon ECS developer guide, "Using the awslogs log driver" */
export const logOptions: Readonly<Partial<Record<LogConfiguration['logDriver'], ReadonlySet<string>>>> = {
  'json-file': new Set(['max-size', 'max-file', 'compress', 'mode', 'max-buffer-size']),
  awslogs: new Set([
    'awslogs-group',
    'awslogs-region',
    'awslogs-stream-prefix',
    'awslogs-create-group',
    'mode',
    'max-buffer-size',
  ]),
}

/**
 * Refuses to run what would run differently from what its definition says, and what its operator doesn't allow.
 *
 * @throws EcsClientError that names the first setting which Berth doesn't act upon
 * @throws EcsInvalidParameterError for a placement constraint that is none
 */
export function checkRunnable(task: TaskDefinitionContent, rules: TaskRules): void {
  if ((task.runtimePlatform?.operatingSystemFamily ?? 'LINUX') !== 'LINUX') {
    throw new EcsClientError('Berth runs Linux containers alone.')
  }
  const setting = unhonoured(task, honouredOfTask)
  if (setting !== undefined) throw new EcsClientError(`Berth does not run tasks with '${setting}'.`)
  const inner = unhonouredWithin(task, honouredWithinTask)
  if (inner?.member === 'volumes') {
    throw new EcsClientError(`Berth does not run tasks with volumes of '${inner.setting}'.`)
  }
  if (inner !== undefined) {
    throw new EcsClientError(`Berth does not run tasks with '${inner.member}.${inner.setting}'.`)
  }
  for (const container of task.containerDefinitions) checkContainer(container, task, rules)
  checkConstraints(task.placementConstraints ?? [])
  checkDisguise(task)
  checkRights(task, rules)
  if (task.taskRoleArn === undefined || rules.hasEndpoint) return
  throw new EcsClientError(
    "Berth has no address at which a task could ask for the credentials of its 'taskRoleArn', until its operator opens one (--task-endpoint).",
  )
}

function checkContainer(
  container: ContainerDefinition,
  { networkMode }: TaskDefinitionContent,
  rules: TaskRules,
): void {
  const setting = unhonoured(container, honoured)
  if (setting !== undefined) refuse(container, setting)
  const inner = unhonouredWithin(container, honouredWithin)
  if (inner !== undefined) refuse(container, `${inner.member}.${inner.setting}`)
  const named = (container.portMappings ?? []).find((mapping) => mapping.containerPortRange !== undefined)
  // A task with an interface of its own is reached there at any port.
  if (named !== undefined && networkMode !== 'awsvpc') refuse(container, 'containerPortRange')
  if ((container.environmentFiles ?? []).length > 0 && !rules.hasFiles) {
    throw new EcsClientError(
      `Berth has no S3: it runs containers with 'environmentFiles', as '${container.name}' has, where its operator names a folder of such files (--task-environment-files).`,
    )
  }
  if (container.logConfiguration !== undefined) checkLog(container, container.logConfiguration)
}

function checkLog(container: ContainerDefinition, { logDriver, options = {} }: LogConfiguration): void {
  const known = logOptions[logDriver]
  if (known === undefined) refuse(container, `log driver ${logDriver}`)
  const unknown = Object.keys(options).find((name) => !known.has(name))
  if (unknown !== undefined) refuse(container, `log option ${unknown}`)
  const objection = logDriver === 'awslogs' ? awsLogsObjection(options) : undefined
  if (objection !== undefined) {
    throw new EcsClientError(`The log configuration of container '${container.name}': ${objection}`)
  }
}

/** The first setting inside a member, or inside what that has, which isn't known there. */
function unhonouredWithin(
  settings: object,
  known: ReadonlyMap<string, ReadonlySet<string>>,
  path = '',
): { readonly member: string; readonly setting: string } | undefined {
  for (const [name, value] of Object.entries(settings)) {
    const member = `${path}${name}`
    const inside = known.get(member)
    if (inside === undefined) continue
    for (const one of [value].flat()) {
      const setting = unhonoured(one ?? {}, inside)
      const found =
        setting === undefined ? unhonouredWithin(one ?? {}, known, `${member}.`) : { member, setting }
      if (found !== undefined) return found
    }
  }
  return undefined
}

function unhonoured(settings: object, known: ReadonlySet<string>): string | undefined {
  return Object.entries(settings).find(([name, value]) => !known.has(name) && saysSomething(value))?.[0]
}

function refuse({ name }: ContainerDefinition, setting: string): never {
  throw new EcsClientError(`Berth does not run containers with '${setting}', as '${name}' has.`)
}

/** An empty list, `false` and the like ask for what happens anyway. */
function saysSomething(value: unknown): boolean {
  if (value === undefined || value === false) return false
  return !(Array.isArray(value) && value.length === 0)
}
