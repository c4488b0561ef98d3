import type { StopTaskRequest, StopTaskResponse } from '@aws-sdk/client-ecs'
import { describeTask } from '../../core/ecs/describe-task.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { stopping } from '../../core/ecs/step-task.ts'
import { parseTask, taskArn, taskJob } from '../../core/ecs/task.ts'
import { putTasks } from '../../registry/ecs/put-tasks.ts'
import type { EcsAction } from './ecs-action.ts'
import { inCluster } from './permissions.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

/** Has a task stop; one that has stopped stays as it is. @see Amazon ECS API reference, StopTask */
export const stopTask: EcsAction<StopTaskRequest, StopTaskResponse> = {
  operation: 'StopTask',
  permissions(input, call) {
    const cluster = requestedCluster(input, call)
    const resource = taskArn(parseTask(input.task, cluster))
    return [inCluster('ecs:StopTask', resource, cluster)]
  },
  async run(input, call, { registry }) {
    const { metadata, now } = registry
    const cluster = requestedCluster(input, call)
    const { reason = 'Task stopped by user' } = input
    return metadata.write(async (tx) => {
      await requireActive(tx, cluster)
      const task = await tx.tasks.lock(parseTask(input.task, cluster))
      if (task === undefined) throw new EcsInvalidParameterError('The referenced task was not found.')
      const stopped = stopping(task, 'UserInitiated', reason, now().getTime())
      if (stopped !== task) await putTasks(tx, registry, [stopped])
      await tx.jobs.add(taskJob(task), now())
      return { task: describeTask(stopped, await tx.arnTags.of(taskArn(stopped))) }
    })
  },
}
