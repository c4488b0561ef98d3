import { newTask } from '../../core/ecs/new-task.ts'
import type { Notice } from '../../core/ecs/scheduling/notices.ts'
import type { Service } from '../../core/ecs/scheduling/service.ts'
import type { ServiceStep } from '../../core/ecs/scheduling/step-service.ts'
import type { TaskStart, TaskStop } from '../../core/ecs/scheduling/turn.ts'
import { stopping } from '../../core/ecs/step-task.ts'
import { type Task, taskJob } from '../../core/ecs/task.ts'
import type { TaskRules } from '../../core/ecs/task-rules.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { emitEvents } from '../emit-events.ts'
import type { Registry } from '../registry.ts'
import { putService } from './put-service.ts'
import { putTasks } from './put-tasks.ts'
import { tagTasks } from './tag-tasks.ts'

type Tools = Pick<Registry, 'extraEvents' | 'now' | 'newId' | 'taskRules'> & {
  /** The id of the container instance that new tasks are placed on. */
  readonly instance?: string | undefined
}

/** How long a task that others may be asking stays after it was told to stop, in milliseconds. */
const drainTime = 5_000

/** Does what a scheduler says, and keeps the service as it is by that, in the transaction that holds it. */
export async function actOnStep(tx: MetadataTransaction, tools: Tools, step: ServiceStep): Promise<void> {
  const { service, starts, stops, notices } = step
  const at = tools.now()
  await putService(tx, service, at)
  const { taskRules: rules, instance } = tools
  const started = starts.map((start) => taskOf(service, start, { at, rules, instance }))
  const stopped = await stopTasks(tx, stops, service, at)
  await putTasks(tx, tools, [...started, ...stopped])
  await tagTasks(tx, service, starts)
  for (const task of [...started, ...stopped]) await tx.jobs.add(taskJob(task), at)
  await tell(tx, tools, service, notices)
}

/** Writes down what a scheduler says, and tells the bus of it. */
async function tell(
  tx: MetadataTransaction,
  tools: Tools,
  service: Service,
  notices: readonly Notice[],
): Promise<void> {
  const createdAt = tools.now().getTime()
  const messages = notices.flatMap(({ message }) => message ?? [])
  if (messages.length > 0) {
    const events = messages.map((message) => ({ id: tools.newId(), createdAt, message }))
    await tx.services.addEvents(service, events)
  }
  await emitEvents(
    tx,
    tools,
    notices.flatMap(({ occurrence }) => occurrence ?? []),
  )
}

function taskOf(
  { cluster, name, executeCommand }: Service,
  { id, deployment }: TaskStart,
  given: { readonly at: Date; readonly rules: TaskRules; readonly instance: string | undefined },
): Task {
  const { family, revision, content, digests, subnets = [] } = deployment
  return newTask({
    cluster,
    definition: { family, revision, content },
    id,
    ...given,
    executeCommand,
    subnet: subnets[0],
    group: `service:${name}`,
    service: name,
    startedBy: deployment.id,
    ...(digests !== undefined && { digests }),
  })
}

async function stopTasks(
  tx: MetadataTransaction,
  stops: readonly TaskStop[],
  { cluster }: Service,
  at: Date,
): Promise<Task[]> {
  const stopped: Task[] = []
  for (const { id, reason } of stops) {
    const task = await tx.tasks.lock({ cluster, id })
    if (task?.desired === 'RUNNING') stopped.push(stop(task, reason, at.getTime()))
  }
  return stopped
}

function stop(task: Task, reason: string, at: number): Task {
  const told = stopping(task, 'ServiceSchedulerInitiated', reason, at)
  const hasPorts = task.containers.some(({ definition }) => (definition.portMappings ?? []).length > 0)
  return hasPorts ? { ...told, drainsUntil: at + drainTime } : told
}
