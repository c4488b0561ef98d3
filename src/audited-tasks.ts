import { ruleArn } from './core/events/rule.ts'
import { AccessDeniedError } from './core/policies/errors.ts'
import type { TrailRecord } from './core/trail/trail-record.ts'
import { type StartTasks, TaskRefusedError, type TaskRequest } from './messaging/start-tasks.ts'
import type { TrailSink } from './observability/audit-trail.ts'

/** What stands in the place of a client's address and of its name, as in CloudTrail. */
const service = 'events.amazonaws.com'

/**
 * Tells the audit trail of the rule's account of tasks that a rule of EventBridge has run or was refused, since no request of a client
 * stands for them. What is tried again by and by is told when it has ended.
 *
 * @see AWS CloudTrail user guide, "CloudTrail record contents", sourceIPAddress of what AWS's services do
 */
export function auditedTasks(
  start: StartTasks,
  { trail, now }: { readonly trail: Pick<TrailSink, 'add'>; readonly now: () => Date },
): StartTasks {
  return async (request) => {
    try {
      const taskArns = await start(request)
      trail.add({ ...recordOf(request, now()), outcome: 'success', result: { taskArns } })
      return taskArns
    } catch (error) {
      if (error instanceof TaskRefusedError) trail.add({ ...recordOf(request, now()), ...endOf(error) })
      throw error
    }
  }
}

function recordOf(request: TaskRequest, at: Date): Omit<TrailRecord, 'outcome'> {
  const { rule, cluster, role, parameters, token } = request
  return {
    account: rule.account,
    at,
    principal: role,
    action: 'ecs:RunTask',
    resource: taskDefinitionOf(parameters),
    repository: undefined,
    sourceAddress: service,
    userAgent: service,
    requestId: token,
    parameters: { rule: ruleArn(rule), cluster, ...parameters },
    count: 1,
  }
}

function taskDefinitionOf(parameters: object): string {
  return 'TaskDefinitionArn' in parameters ? String(parameters.TaskDefinitionArn) : '*'
}

/** A refusal without a cause is that of the role, which doesn't trust EventBridge. */
function endOf({ cause }: TaskRefusedError): Pick<TrailRecord, 'outcome' | 'errorCode'> {
  const isDenied = cause === undefined || cause instanceof AccessDeniedError
  if (isDenied) return { outcome: 'denied', errorCode: 'AccessDeniedException' }
  return { outcome: 'failed', errorCode: cause instanceof Error ? cause.name : undefined }
}
