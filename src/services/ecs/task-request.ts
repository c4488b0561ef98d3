import { createHash } from 'node:crypto'
import type { RunTaskRequest, StartTaskRequest, Task as TaskShape } from '@aws-sdk/client-ecs'
import type { Permission } from '../../access/permission.ts'
import { describeTask } from '../../core/ecs/describe-task.ts'
import { EcsInvalidParameterError, EcsTaskConflictError } from '../../core/ecs/errors.ts'
import { newTask } from '../../core/ecs/new-task.ts'
import { type Task, taskArn, taskJob } from '../../core/ecs/task.ts'
import { familyArn } from '../../core/ecs/task-definition.ts'
import { parseTaskDefinition } from '../../core/ecs/task-definition-reference.ts'
import { putTasks } from '../../registry/ecs/put-tasks.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import { activeDefinition } from './active-definition.ts'
import type { EcsContext } from './ecs-action.ts'
import { findTaskDefinition } from './find-task-definition.ts'
import { requestedSubnet } from './network-configuration.ts'
import { execConditions, inCluster } from './permissions.ts'
import { requestedCluster } from './requested-cluster.ts'
import type { RequestedImages } from './requested-images.ts'
import { creationPermissions, readTags } from './tags.ts'
import { readOverrides, readOwnOverrides } from './task-overrides.ts'
import { passRoles, requireRoles } from './task-roles.ts'
import { readTaskTags } from './task-tags.ts'

/** What RunTask and StartTask have in common. */
export type TaskInput = Checked<Omit<RunTaskRequest, 'count'> & Omit<StartTaskRequest, 'containerInstances'>>

/**
 * The right to start tasks of a definition, to tag them, and to give them the roles that the request names, or else those of their definition:
 * whoever runs a task does what its role may.
 */
export async function startPermissions(
  action: 'ecs:RunTask' | 'ecs:StartTask',
  input: Omit<TaskInput, 'clientToken'>,
  call: Call,
  { registry: { metadata } }: Pick<EcsContext, 'registry'>,
): Promise<readonly Permission[]> {
  const reference = parseTaskDefinition(input.taskDefinition, call.registry)
  const { revision, ...family } = reference
  const definition = await findTaskDefinition(metadata, reference)
  const resource = `${familyArn(family)}:${revision ?? '*'}`
  const cluster = requestedCluster(input, call)
  const start = {
    ...inCluster(action, resource, cluster, execConditions(input)),
    owner: family.account,
  }
  return [
    ...creationPermissions(start, taskArn({ cluster, id: '*' }), readTags(input.tags)),
    ...passRoles({ ...definition?.content, ...readOwnOverrides(input.overrides) }, call.registry.account),
  ]
}

const longestStarter = 128

/** A task as a request wants it, and the tags that go with it. @throws EcsClientError, EcsInvalidParameterError */
export async function wantedTask(
  tx: MetadataTransaction,
  { now, newId, taskRules: rules }: EcsContext['registry'],
  {
    input,
    images,
    call,
  }: { readonly input: TaskInput; readonly images: RequestedImages; readonly call: Call },
): Promise<{
  readonly task: Task
  readonly content: TaskContent
  readonly tags: ReadonlyMap<string, string>
}> {
  const cluster = requestedCluster(input, call)
  const { group, startedBy, enableExecuteCommand: executeCommand } = input
  if ((startedBy ?? '').length > longestStarter) {
    throw new EcsInvalidParameterError(`startedBy can have up to ${longestStarter} characters.`)
  }
  const definition = await activeDefinition(tx, images.taskDefinition, call)
  const { content } = definition
  const ownOverrides = readOwnOverrides(input.overrides)
  await requireRoles(tx, cluster, { ...content, ...ownOverrides })
  const subnet = requestedSubnet(input.networkConfiguration, content.networkMode)
  const overrides = readOverrides(input.overrides, content)
  const asked = {
    cluster,
    definition,
    rules,
    overrides,
    ownOverrides,
    subnet,
    group,
    startedBy,
    executeCommand,
    digests: images.digests,
  }
  const task = newTask({ ...asked, id: newTaskId({ newId }), at: now() })
  return { task, content, tags: await readTaskTags(tx, input, { cluster, definition }) }
}

type TaskContent = Awaited<ReturnType<typeof activeDefinition>>['content']

export function newTaskId({ newId }: Pick<EcsContext['registry'], 'newId'>): string {
  return newId().replaceAll('-', '')
}

/**
 * Keeps new tasks with their tags, and has a job see to each. Answers them as requests do. A request that starts nothing may come again
 * with its token.
 */
export async function startTasks(
  tx: MetadataTransaction,
  registry: EcsContext['registry'],
  tasks: readonly Task[],
  {
    tags,
    input,
    call,
  }: { readonly tags: ReadonlyMap<string, string>; readonly input: TaskInput; readonly call: Call },
): Promise<Checked<TaskShape>[]> {
  if (tasks.length === 0 && input.clientToken !== undefined) {
    await tx.clientTokens.forget(requestedCluster(input, call), input.clientToken)
  }
  await putTasks(tx, registry, tasks)
  for (const task of tasks) {
    await tx.arnTags.put(taskArn(task), tags)
    await tx.jobs.add(taskJob(task), registry.now())
  }
  return tasks.map((task) => describeTask(task, tags))
}

/**
 * The tasks that the same request has started with its token before; undefined when it is the first one with it. Two that come at the same
 * time are one after the other by this, whichever processes they come to.
 *
 * @throws EcsTaskConflictError when the token came with another request
 */
export async function startedBefore(
  tx: MetadataTransaction,
  { clientToken, ...input }: TaskInput,
  tasks: readonly Task[],
  at: Date,
): Promise<Checked<TaskShape>[] | undefined> {
  const [first] = tasks
  if (clientToken === undefined || first === undefined) return undefined
  const request = createHash('sha256').update(sortedJson(input)).digest('hex')
  const known = await tx.clientTokens.use(first.cluster, clientToken, {
    request,
    tasks: tasks.map(({ id }) => id),
    at,
  })
  if (known === undefined) return undefined
  if (known.request !== request) throw new EcsTaskConflictError()
  const before = await tx.tasks.ofIds(first.cluster, known.tasks)
  const shapes: Checked<TaskShape>[] = []
  for (const task of before) shapes.push(describeTask(task, await tx.arnTags.of(taskArn(task))))
  return shapes
}

/** The same text for the same content, in whatever order its members came. */
function sortedJson(content: object): string {
  return JSON.stringify(content, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )
}
