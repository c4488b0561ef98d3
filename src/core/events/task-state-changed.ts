import { describeTask } from '../ecs/describe-task.ts'
import { type Task, taskArn } from '../ecs/task.ts'
import type { EventDetail, Occurrence } from './event.ts'

/** The source of all events of containers. */
export const ecsSource = 'aws.ecs'

/**
 * A task or one of its containers has another status, or is to have one. The detail is the task, with its times as text.
 *
 * @see Amazon ECS developer guide, "Amazon ECS task state change events"
 */
export function taskStateChanged(task: Task, at: Date): Occurrence {
  const { tags: _, overrides, ...described } = describeTask(task)
  const { account, region } = task.cluster
  return {
    registry: { account, region },
    source: ecsSource,
    detailType: 'ECS Task State Change',
    resources: [taskArn(task)],
    detail: withTexts({
      ...described,
      overrides: { containerOverrides: overrides.containerOverrides },
      updatedAt: at,
    }),
  }
}

/** With ISO 8601 in place of times. */
function withTexts(detail: EventDetail): EventDetail {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [
      name,
      value instanceof Date ? value.toISOString() : value,
    ]),
  )
}
