import type { GetTaskProtectionRequest, GetTaskProtectionResponse, ProtectedTask } from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import type { Checked } from '../checked.ts'
import type { EcsAction } from './ecs-action.ts'
import { objection, onTasks, protectionShape, requestedTasks, type TaskFailure } from './protected-tasks.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

const mostTasks = 100

/** Which of a service's tasks are protected, and until when. @see Amazon ECS API reference, GetTaskProtection */
export const getTaskProtection: EcsAction<GetTaskProtectionRequest, GetTaskProtectionResponse> = {
  operation: 'GetTaskProtection',
  permissions: (input, call) =>
    onTasks('ecs:GetTaskProtection', requestedCluster(input, call), requestedTasks(input, call, mostTasks)),
  async run(input, call, { registry: { metadata, now } }) {
    await requireActive(metadata, requestedCluster(input, call))
    const keys = requestedTasks(input, call, mostTasks)
    if (keys.length === 0) throw new EcsInvalidParameterError('Tasks cannot be empty.')
    const protectedTasks: Checked<ProtectedTask>[] = []
    const failures: TaskFailure[] = []
    for (const key of keys) {
      const task = await metadata.tasks.find(key)
      const failure = objection(key, task)
      if (failure !== undefined) failures.push(failure)
      else if (task !== undefined) protectedTasks.push(protectionShape(task, now()))
    }
    return { protectedTasks, failures }
  },
}
