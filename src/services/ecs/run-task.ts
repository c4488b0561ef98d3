import type { Failure, RunTaskRequest, RunTaskResponse } from '@aws-sdk/client-ecs'
import { containerInstanceArn } from '../../core/ecs/container-instance.ts'
import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'
import { checkConstraints } from '../../core/ecs/placement/constraints.ts'
import { findPlace } from '../../core/ecs/placement/find-place.ts'
import { checkStrategy } from '../../core/ecs/placement/strategy.ts'
import { needsOfTask } from '../../core/ecs/scheduling/place-tasks.ts'
import type { Checked } from '../checked.ts'
import type { EcsInstanceAction } from './ecs-action.ts'
import { placeIn } from './place-in.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'
import { requestedImages } from './requested-images.ts'
import { requireOwn } from './require-own.ts'
import { newTaskId, startedBefore, startPermissions, startTasks, wantedTask } from './task-request.ts'

const mostTasks = 10

/**
 * Starts as many tasks as there is room for, all from the same images, each of which a job sees to from then on; the same request with the same token starts them
 * once. Without an engine they are taken all the same, and stop with the reason.
 *
 * @see Amazon ECS API reference, RunTask
 */
export const runTask: EcsInstanceAction<RunTaskRequest, RunTaskResponse> = {
  operation: 'RunTask',
  permissions: (input, call, context) => startPermissions('ecs:RunTask', input, call, context),
  async run(input, call, context) {
    const { registry, findInstance } = context
    const { metadata, now } = registry
    const { count = 1, placementConstraints: constraints = [] } = input
    checkRequest(input)
    const cluster = requireOwn(requestedCluster(input, call), call)
    const [instance, images] = await Promise.all([findInstance(), requestedImages(context, input, call)])
    return metadata.write(async (tx) => {
      await requireActive(tx, cluster)
      const { task, content, tags } = await wantedTask(tx, registry, { input, images, call })
      const wanted = Array.from({ length: count }, () => ({
        ...task,
        id: newTaskId(registry),
        ...(instance && { instance: instance.id }),
      }))
      const known = await startedBefore(tx, input, wanted, now())
      if (known !== undefined) return { tasks: known, failures: [] }
      const place = instance && (await placeIn(tx, registry, cluster, instance))
      if (place?.state.status === 'DRAINING') {
        throw new EcsInvalidParameterError('No Container Instances were found in your cluster.')
      }
      const homeless = { content, needs: needsOfTask(task), group: task.group, count, constraints }
      const { fits, obstacle } = place ? findPlace(place, homeless) : { fits: count }
      const failure = instance && {
        arn: containerInstanceArn(cluster, instance.id),
        reason: obstacle?.reason ?? '',
      }
      const failures: Checked<Failure>[] = failure ? Array.from({ length: count - fits }, () => failure) : []
      return {
        tasks: await startTasks(tx, registry, wanted.slice(0, fits), { tags, input, call }),
        failures,
      }
    })
  },
}

function checkRequest(input: Checked<RunTaskRequest>): void {
  const { count = 1, launchType = 'EC2' } = input
  if (count < 1 || count > mostTasks) {
    throw new EcsInvalidParameterError(`count must be between 1 and ${mostTasks}.`)
  }
  if (launchType !== 'EC2') throw new EcsInvalidParameterError('Berth runs tasks of launch type EC2 alone.')
  checkConstraints(input.placementConstraints ?? [])
  checkStrategy(input.placementStrategy ?? [])
  refuseUnoffered(input, ['capacityProviderStrategy', 'platformVersion', 'volumeConfigurations'])
}
