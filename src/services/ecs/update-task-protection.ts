import type {
  ProtectedTask,
  UpdateTaskProtectionRequest,
  UpdateTaskProtectionResponse,
} from '@aws-sdk/client-ecs'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { serviceJob } from '../../core/ecs/scheduling/service-key.ts'
import type { Task, TaskKey } from '../../core/ecs/task.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Checked } from '../checked.ts'
import type { EcsAction } from './ecs-action.ts'
import {
  mostProtectedTasks,
  objection,
  onTasks,
  protectionShape,
  requestedTasks,
  type TaskFailure,
} from './protected-tasks.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

const minute = 60_000
const usualMinutes = 120
const mostMinutes = 2880

/**
 * Keeps a service's tasks from being stopped by deployments and by scaling in, for so many minutes.
 *
 * @see Amazon ECS API reference, UpdateTaskProtection
 */
export const updateTaskProtection: EcsAction<UpdateTaskProtectionRequest, UpdateTaskProtectionResponse> = {
  operation: 'UpdateTaskProtection',
  permissions: (input, call) =>
    onTasks(
      'ecs:UpdateTaskProtection',
      requestedCluster(input, call),
      requestedTasks(input, call, mostProtectedTasks),
    ),
  async run(input, call, { registry: { metadata, now } }) {
    const keys = requestedTasks(input, call, mostProtectedTasks)
    if (keys.length === 0) throw new EcsInvalidParameterError('Tasks cannot be empty.')
    const minutes = readMinutes(input)
    return metadata.write(async (tx) => {
      await requireActive(tx, requestedCluster(input, call))
      const protectedTasks: Checked<ProtectedTask>[] = []
      const failures: TaskFailure[] = []
      for (const key of keys) {
        const result = await protect(tx, key, { minutes, at: now() })
        if ('reason' in result) failures.push(result)
        else protectedTasks.push(protectionShape(result, now()))
      }
      return { protectedTasks, failures }
    })
  },
}

/** 0 takes the protection back. @throws EcsInvalidParameterError beyond two days */
function readMinutes({
  protectionEnabled,
  expiresInMinutes = usualMinutes,
}: Checked<UpdateTaskProtectionRequest>): number {
  if (!protectionEnabled) return 0
  if (expiresInMinutes >= 1 && expiresInMinutes <= mostMinutes) return expiresInMinutes
  throw new EcsInvalidParameterError(`expiresInMinutes must be between 1 and ${mostMinutes}.`)
}

async function protect(
  tx: MetadataTransaction,
  key: TaskKey,
  { minutes, at }: { readonly minutes: number; readonly at: Date },
): Promise<Task | TaskFailure> {
  const task = await tx.tasks.lock(key)
  const failure = objection(key, task)
  if (failure !== undefined) return failure
  if (task?.service === undefined) throw new RangeError('Only tasks of services are protected')
  const changed = { ...task, protectedUntil: at.getTime() + minutes * minute }
  await tx.tasks.put(changed)
  await tx.jobs.add(serviceJob({ cluster: task.cluster, name: task.service }), at)
  return changed
}
