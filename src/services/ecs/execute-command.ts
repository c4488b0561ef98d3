import type { ExecuteCommandRequest, ExecuteCommandResponse } from '@aws-sdk/client-ecs'
import { clusterArn } from '../../core/ecs/cluster.ts'
import { EcsInvalidParameterError, EcsTargetNotConnectedError } from '../../core/ecs/errors.ts'
import { splitCommand } from '../../core/ecs/exec/split-command.ts'
import { parseTask, type Task, type TaskContainer, taskArn } from '../../core/ecs/task.ts'
import type { EcsExecAction } from './ecs-action.ts'
import { execPath } from './exec-path.ts'
import { inCluster } from './permissions.ts'
import { requestedCluster, requireActive } from './requested-cluster.ts'

/**
 * Lets the caller run a command in a container: with the answer's token, within a minute, by the Session Manager plugin of the aws command line
 * or `berth ecs exec`.
 *
 * @see Amazon ECS API reference, ExecuteCommand
 */
export const executeCommand: EcsExecAction<ExecuteCommandRequest, ExecuteCommandResponse> = {
  operation: 'ExecuteCommand',
  async permissions(input, call, { registry: { metadata } }) {
    const cluster = requestedCluster(input, call)
    const key = parseTask(input.task, cluster)
    const name = input.container ?? onlyName(await metadata.tasks.find(key))
    const conditions = name === undefined ? {} : { 'ecs:container-name': name }
    return [inCluster('ecs:ExecuteCommand', taskArn(key), cluster, conditions)]
  },
  async run(input, call, { registry: { metadata, newId }, issueExecToken, onExec }) {
    const { command, interactive } = input
    if (!interactive) {
      throw new EcsInvalidParameterError('Interactive is the only mode supported currently.')
    }
    splitCommand(command)
    const cluster = requestedCluster(input, call)
    await requireActive(metadata, cluster)
    const task = await metadata.tasks.find(parseTask(input.task, cluster))
    if (task === undefined) throw new EcsInvalidParameterError('The referenced task was not found.')
    const { definition } = requestedContainer(task, input.container)
    const id = `ecs-execute-command-${newId().replaceAll('-', '').slice(0, 17)}`
    const container = definition.name
    const tokenValue = issueExecToken({ id, task, container, command })
    onExec({ session: id, caller: call.caller.arn, task: taskArn(task), container, command })
    const streamUrl = `${call.endpoint.replace(/^http/, 'ws')}${execPath}${id}`
    return {
      clusterArn: clusterArn(cluster),
      containerArn: `${taskArn(task).replace(':task/', ':container/')}/${container}`,
      containerName: container,
      interactive,
      session: { sessionId: id, streamUrl, tokenValue },
      taskArn: taskArn(task),
    }
  },
}

/** The container that is meant where none is named, if the task has just one. */
function onlyName(task: Task | undefined): string | undefined {
  const [container, ...others] = task?.containers ?? []
  return others.length === 0 ? container?.definition.name : undefined
}

/** @throws EcsInvalidParameterError, EcsTargetNotConnectedError unless a command can run in it */
function requestedContainer(task: Task, name: string | undefined): TaskContainer {
  if (!task.executeCommand) {
    throw new EcsInvalidParameterError(
      "The execute command failed because execute command was not enabled when the task was run or the execute command agent isn't running. Wait and try again or run a new task with execute command enabled and try again.",
    )
  }
  if (name === undefined && task.containers.length > 1) {
    throw new EcsInvalidParameterError(
      'A container name must be specified for a task with several containers.',
    )
  }
  const container = task.containers.find(({ definition }) => name === undefined || definition.name === name)
  if (container === undefined) throw new EcsInvalidParameterError('The referenced container was not found.')
  if (container.status === 'RUNNING' && task.desired === 'RUNNING') return container
  throw new EcsTargetNotConnectedError()
}
