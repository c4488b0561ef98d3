import type { RunTaskRequest, RunTaskResponse } from '@aws-sdk/client-ecs'
import { describeTask } from '../../core/ecs/describe-task.ts'
import { EcsInvalidParameterError, EcsTaskConflictError } from '../../core/ecs/errors.ts'
import { newTask } from '../../core/ecs/new-task.ts'
import { type Task, taskJob } from '../../core/ecs/task.ts'
import { familyArn } from '../../core/ecs/task-definition.ts'
import { parseTaskDefinition } from '../../core/ecs/task-definition-reference.ts'
import { putTasks } from '../../registry/ecs/put-tasks.ts'
import type { Checked } from '../checked.ts'
import { activeDefinition } from './active-definition.ts'
import type { EcsAction } from './ecs-action.ts'
import { requestedSubnet } from './network-configuration.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'
import { requireOwn } from './require-own.ts'
import { readOverrides, readOwnOverrides } from './task-overrides.ts'
import { passRoles, requireRoles } from './task-roles.ts'

const mostTasks = 10

/**
 * Starts tasks, each of which a job sees to from then on; the same request with the same token starts them once.
 *
 * @see Amazon ECS API reference, RunTask
 */
export const runTask: EcsAction<RunTaskRequest, RunTaskResponse> = {
  operation: 'RunTask',
  permissions(input, call) {
    const { revision, ...family } = parseTaskDefinition(input.taskDefinition, call.registry)
    const resource = `${familyArn(family)}:${revision ?? '*'}`
    return [
      { action: 'ecs:RunTask', resource, owner: family.account },
      ...passRoles(input.overrides ?? {}, call.registry.account),
    ]
  },
  async run(input, call, { registry }) {
    const { metadata, now, newId } = registry
    const { count = 1, clientToken } = input
    checkRequest(input)
    const cluster = requestedCluster(input, call)
    return metadata.write(async (tx) => {
      await requireActive(tx, requireOwn(cluster, call))
      const definition = await activeDefinition(tx, input.taskDefinition, call)
      const { content } = definition
      const ownOverrides = readOwnOverrides(input.overrides)
      await requireRoles(tx, cluster, { ...content, ...ownOverrides })
      const subnet = requestedSubnet(input.networkConfiguration, content.networkMode)
      const tasks = Array.from({ length: count }, () =>
        newTask({
          cluster,
          definition,
          rules: registry.taskRules,
          overrides: readOverrides(input.overrides, content),
          ownOverrides,
          subnet,
          group: input.group,
          startedBy: input.startedBy,
          clientToken,
          id: newId().replaceAll('-', ''),
          at: now(),
        }),
      )
      const known = clientToken === undefined ? [] : await tx.tasks.ofToken(cluster, clientToken)
      if (known.length > 0) return { tasks: sameTasks(known, tasks).map(describeTask), failures: [] }
      await putTasks(tx, registry, tasks)
      for (const task of tasks) await tx.jobs.add(taskJob(task), now())
      return { tasks: tasks.map(describeTask), failures: [] }
    })
  },
}

function checkRequest(input: Checked<RunTaskRequest>): void {
  const { count = 1, launchType = 'EC2', propagateTags = 'NONE' } = input
  if (count < 1 || count > mostTasks) {
    throw new EcsInvalidParameterError(`count must be between 1 and ${mostTasks}.`)
  }
  if (launchType !== 'EC2') throw new EcsInvalidParameterError('Berth runs tasks of launch type EC2 alone.')
  if (propagateTags !== 'NONE') throw new EcsInvalidParameterError("Berth does not offer 'propagateTags'.")
  refuseUnoffered(input, [
    'capacityProviderStrategy',
    'enableECSManagedTags',
    'enableExecuteCommand',
    'placementConstraints',
    'placementStrategy',
    'platformVersion',
    'tags',
    'volumeConfigurations',
  ])
}

/** What a token has started before, if the request is the same. @throws EcsTaskConflictError */
function sameTasks(known: readonly Task[], wanted: readonly Task[]): readonly Task[] {
  const facts = ({ family, revision, overrides, ownOverrides, group, startedBy, interface: own }: Task) =>
    JSON.stringify([family, revision, overrides, ownOverrides, group, startedBy, own?.subnet])
  const [first, asked] = [known[0], wanted[0]]
  const isSame = known.length === wanted.length && first && asked && facts(first) === facts(asked)
  if (!isSame) throw new EcsTaskConflictError()
  return known
}
