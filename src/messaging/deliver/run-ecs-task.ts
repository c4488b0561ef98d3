import { createHash } from 'node:crypto'
import type { Messaging } from '../messaging.ts'
import { parseRuleArn } from '../rules/rule-arn.ts'
import { TaskRefusedError } from '../start-tasks.ts'
import type { TargetContent } from './content.ts'
import { type Outcome, refused } from './outcome.ts'

/** Runs an ECS task for an event, once however often it is tried. */
export async function runEcsTask(
  { startTasks }: Messaging,
  { rule: arn, target, event, input }: TargetContent,
): Promise<Outcome> {
  const rule = parseRuleArn(arn)
  const { Arn: cluster, RoleArn: role, EcsParameters: parameters } = target
  if (rule === undefined || role === undefined || parameters === undefined) {
    return refused('The target lacks its role or its parameters')
  }
  // Told again by a replay, an event runs its task again.
  const occasion = [arn, target.Id, event.id, event['replay-name'] ?? ''].join(' ')
  const token = createHash('sha256').update(occasion).digest('hex')
  try {
    const tasks = await startTasks({ rule, cluster, role, parameters, input, token })
    return { kind: 'delivered', answer: `Started ${tasks.join(', ')}` }
  } catch (error) {
    if (error instanceof TaskRefusedError) return refused(error.message)
    throw error
  }
}
