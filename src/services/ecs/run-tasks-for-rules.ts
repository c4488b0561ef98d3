import type { RunTaskRequest } from '@aws-sdk/client-ecs'
import type { Authoriser } from '../../access/authoriser.ts'
import { findRole } from '../../access/iam/find-role.ts'
import { trustsService } from '../../access/iam/trusts-service.ts'
import type { Principal } from '../../access/principal.ts'
import { DomainError } from '../../core/errors.ts'
import { isObject } from '../../core/event-patterns/leaf.ts'
import { ruleArn } from '../../core/events/rule.ts'
import { entityArn, sessionArn } from '../../core/iam/entity.ts'
import { type StartTasks, TaskRefusedError, type TaskRequest } from '../../messaging/start-tasks.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import type { EcsInstanceContext } from './ecs-action.ts'
import { runTask } from './run-task.ts'

/**
 * Runs tasks for rules of EventBridge, by the role that the target names: one that trusts EventBridge and may run the task.
 *
 * @see Amazon EventBridge user guide, "Amazon ECS task targets"
 */
export function runTasksForRules(
  context: EcsInstanceContext,
  authoriser: Pick<Authoriser, 'authorise'>,
): StartTasks {
  return async (request) => {
    try {
      const caller = await assumeRole(context, request)
      return await run(context, authoriser, request, caller)
    } catch (error) {
      if (error instanceof DomainError) throw new TaskRefusedError(error.message, { cause: error })
      throw error
    }
  }
}

async function run(
  context: EcsInstanceContext,
  authoriser: Pick<Authoriser, 'authorise'>,
  request: TaskRequest,
  caller: Principal,
): Promise<readonly string[]> {
  const input = inputOf(request)
  const call = callBy(caller, request)
  const { surroundings } = call
  for (const permission of await runTask.permissions(input, call, context)) {
    await authoriser.authorise({ who: caller, permission, surroundings })
  }
  const { tasks = [], failures = [] } = await runTask.run(input, call, context)
  // Nothing had the room: it may have by and by.
  if (tasks.length === 0) throw new Error(failures.map(({ reason = '' }) => reason).join(', '))
  return tasks.map(({ taskArn = '' }) => taskArn)
}

/** @throws TaskRefusedError unless the role is there, of the rule's own account, and trusts EventBridge */
async function assumeRole(
  { registry: { metadata } }: EcsInstanceContext,
  request: TaskRequest,
): Promise<Principal> {
  const { rule } = request
  const found = await findRole(metadata, request.role)
  const source = { arn: ruleArn(rule), account: rule.account }
  const isOwn = found?.account === rule.account
  if (found === undefined || !isOwn || !trustsService(found, 'events.amazonaws.com', source)) {
    throw new TaskRefusedError(
      `events.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${request.role}`,
    )
  }
  const session = request.token.slice(0, 32)
  const role = { arn: entityArn(found), id: found.id }
  return { account: found.account, arn: sessionArn(found, session), userId: `${found.id}:${session}`, role }
}

/** What RunTask is asked for: the target's parameters by ECS's names, and the overrides that the input is, if it is any. */
function inputOf({ cluster, rule, parameters, input, token }: TaskRequest): Checked<RunTaskRequest> {
  const { taskDefinitionArn, taskCount, ...others } = inEcsNames(parameters)
  return {
    ...others,
    cluster,
    taskDefinition: String(taskDefinitionArn),
    ...(typeof taskCount === 'number' && { count: taskCount }),
    ...overridesIn(input),
    startedBy: `events-rule/${rule.name}`.slice(0, longestStarter),
    clientToken: token,
  }
}

const longestStarter = 128

/** The same members as EventBridge has, with a small first letter. */
function inEcsNames(parameters: object): Readonly<Record<string, unknown>> {
  const entries = Object.entries(parameters).map(([name, value]) => [smallFirst(name), inEcs(value)])
  return Object.fromEntries(entries)
}

function inEcs(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inEcs)
  return isObject(value) ? inEcsNames(value) : value
}

function smallFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1)
}

function overridesIn(text: string): Pick<Checked<RunTaskRequest>, 'overrides'> {
  const input = parse(text)
  return isObject(input) && Array.isArray(input.containerOverrides) ? { overrides: input } : {}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A call that no client made. */
function callBy(caller: Principal, { rule, token }: TaskRequest): Call {
  return {
    caller,
    registry: { account: caller.account, region: rule.region },
    surroundings: { sourceIp: undefined, isSecure: true },
    requestId: token,
    endpoint: '',
    pages: { position: undefined, next: String },
  }
}
