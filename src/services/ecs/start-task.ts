import type { StartTaskRequest, StartTaskResponse } from '@aws-sdk/client-ecs'
import { containerInstanceArn } from '../../core/ecs/container-instance.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { findPlace, type PlaceToBe } from '../../core/ecs/placement/find-place.ts'
import { needsOfTask } from '../../core/ecs/scheduling/place-tasks.ts'
import type { Task } from '../../core/ecs/task.ts'
import type { TaskDefinitionContent } from '../../core/ecs/task-definition.ts'
import type { Checked } from '../checked.ts'
import type { Call } from '../service.ts'
import { instanceId } from './container-instances.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { placeIn } from './place-in.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'
import { requestedImages } from './requested-images.ts'
import { requireOwn } from './require-own.ts'
import { newTaskId, startedBefore, startPermissions, startTasks, wantedTask } from './task-request.ts'

const mostInstances = 10

/**
 * Starts a task on each instance that is named, if it has the room; the same request with the same token starts them once.
 *
 * @see Amazon ECS API reference, StartTask
 */
export const startTask: EcsInstanceAction<StartTaskRequest, StartTaskResponse> = {
  operation: 'StartTask',
  permissions: (input, call, context) => startPermissions('ecs:StartTask', input, call, context),
  async run(input, call, context) {
    const { registry, findInstance } = context
    const { metadata, now } = registry
    refuseUnoffered(input, ['volumeConfigurations'])
    const cluster = requireOwn(requestedCluster(input, call), call)
    const ids = requestedInstances(input, call)
    const [instance, images] = await Promise.all([findInstance(), requestedImages(context, input, call)])
    return metadata.write(async (tx) => {
      await requireActive(tx, cluster)
      const { task, content, tags } = await wantedTask(tx, registry, { input, images, call })
      const wanted = ids.map((id) => ({ ...task, id: newTaskId(registry), instance: id }))
      const known = await startedBefore(tx, input, wanted, now())
      if (known !== undefined) return { tasks: known, failures: [] }
      const place = instance && (await placeIn(tx, registry, cluster, instance))
      const objections = new Map(ids.map((id) => [id, objectionTo(content, task, { id, place })]))
      const started = wanted.filter((one) => objections.get(one.instance) === undefined)
      const failures = Array.from(objections, ([id, reason]) =>
        reason === undefined ? [] : { arn: containerInstanceArn(cluster, id), reason },
      ).flat()
      return { tasks: await startTasks(tx, registry, started, { tags, input, call }), failures }
    })
  },
}

/** Why an instance doesn't take a task, if it doesn't. */
function objectionTo(
  content: TaskDefinitionContent,
  task: Task,
  { id, place }: { readonly id: string; readonly place: PlaceToBe | undefined },
): string | undefined {
  if (place?.instance.id !== id) return 'MISSING'
  const needs = needsOfTask(task)
  const homeless = { content, needs, group: task.group, count: 1, constraints: [], isNamed: true }
  return findPlace(place, homeless).obstacle?.reason
}

function requestedInstances(input: Checked<StartTaskRequest>, call: Call): readonly string[] {
  const { containerInstances: names } = input
  if (names.length === 0) throw new EcsInvalidParameterError('Container instances cannot be empty.')
  if (names.length > mostInstances) {
    throw new EcsInvalidParameterError(`containerInstances can have at most ${mostInstances} items.`)
  }
  const cluster = requestedCluster(input, call)
  return [...new Set(names.map((name) => instanceId(name, cluster)))]
}
