import type {
  DescribeTasksRequest,
  DescribeTasksResponse,
  Failure,
  Task as TaskShape,
} from '@aws-sdk/client-ecs'
import { describeTask } from '../../core/ecs/describe-task.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { parseTask, taskArn } from '../../core/ecs/task.ts'
import type { Checked } from '../checked.ts'
import type { EcsAction } from './ecs-action.ts'
import { inCluster } from './permissions.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

const mostTasks = 100

/** Stopped tasks can be described for an hour. @see Amazon ECS API reference, DescribeTasks */
export const describeTasks: EcsAction<DescribeTasksRequest, DescribeTasksResponse> = {
  operation: 'DescribeTasks',
  permissions(input, call) {
    const cluster = requestedCluster(input, call)
    return input.tasks.map((task) =>
      inCluster('ecs:DescribeTasks', taskArn(parseTask(task, cluster)), cluster),
    )
  },
  async run(input, call, { registry: { metadata } }) {
    if (input.tasks.length === 0) throw new EcsInvalidParameterError('Tasks cannot be empty.')
    if (input.tasks.length > mostTasks) {
      throw new EcsInvalidParameterError(`Tasks cannot have more than ${mostTasks} elements.`)
    }
    const cluster = requestedCluster(input, call)
    await requireActive(metadata, cluster)
    const tasks: Checked<TaskShape>[] = []
    const failures: Checked<Failure>[] = []
    const withTags = input.include?.includes('TAGS') ?? false
    for (const key of input.tasks.map((task) => parseTask(task, cluster))) {
      const task = await metadata.tasks.find(key)
      if (task === undefined) failures.push({ arn: taskArn(key), reason: 'MISSING' })
      else tasks.push(describeTask(task, withTags ? await metadata.arnTags.of(taskArn(key)) : undefined))
    }
    return { tasks, failures }
  },
}
