import type { Principal } from '../access/principal.ts'
import { type AwsLogs, awsLogStream, readAwsLogs } from '../core/ecs/awslogs.ts'
import type { Task, TaskContainer } from '../core/ecs/task.ts'
import { DomainError } from '../core/errors.ts'
import { logGroupArn, logStreamArn } from '../core/log-events/log-group.ts'
import { denialText } from '../core/policies/denial-text.ts'
import { createLogGroup } from '../logs/create-log-group.ts'
import { findLogGroup } from '../logs/find-log.ts'
import { openLogStream } from '../logs/open-log-stream.ts'
import { ContainerError } from './engine.ts'
import { forTasks } from './task-identity.ts'
import type { TaskWork } from './task-work.ts'

/**
 * Sees before a container starts that its output has somewhere to go, and that whoever runs it may put it there.
 *
 * @throws ContainerError ResourceInitializationError in ECS's words
 * @see Amazon ECS developer guide, "ResourceInitializationError task errors"
 */
export async function openLog(
  work: TaskWork,
  task: Task,
  { definition }: TaskContainer,
  who: Principal,
): Promise<void> {
  const log = readAwsLogs(definition, task.cluster.account)
  if (log === undefined) return
  const { name } = definition
  const stream = awsLogStream(log, task, { name, runtimeId: '' })
  await requireAllowed(work, who, actionsOf(log), logStreamArn(stream.group, stream.name))
  const { logs } = work.registry.metadata
  const makesGroup = log.makesGroup && (await logs.group(log.group)) === undefined
  if (makesGroup) await requireAllowed(work, who, ['logs:CreateLogGroup'], logGroupArn(log.group))
  try {
    if (makesGroup) await createLogGroup(work.registry, log.group)
    if (log.prefix === undefined) await findLogGroup(logs, log.group)
    else await openLogStream(work.registry, stream)
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    throw cannotLog(`ResourceNotFoundException: ${error.message}`)
  }
}

function actionsOf({ prefix }: AwsLogs): readonly string[] {
  return prefix === undefined ? ['logs:PutLogEvents'] : ['logs:CreateLogStream', 'logs:PutLogEvents']
}

async function requireAllowed(
  work: TaskWork,
  who: Principal,
  actions: readonly string[],
  resource: string,
): Promise<void> {
  const why = await denialOf(work, who, actions, resource)
  if (why !== undefined) throw cannotLog(`AccessDeniedException: ${why}`)
}

/** Why somebody may not do something with a log, if so. */
export async function denialOf(
  { authoriser }: Pick<TaskWork, 'authoriser'>,
  who: Principal,
  actions: readonly string[],
  resource: string,
): Promise<string | undefined> {
  for (const action of actions) {
    const permission = { action, resource, owner: who.account }
    const decision = await authoriser.decide({ who, permission, surroundings: forTasks })
    if (!decision.allowed) return denialText({ arn: who.arn, action, resource }, decision)
  }
  return undefined
}

function cannotLog(why: string): ContainerError {
  return new ContainerError(
    'ResourceInitializationError',
    `failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ${why}`,
  )
}
