import type { TaskDefinitionContent } from '../task-definition.ts'
import { isFargateSize } from './task-size.ts'

/** An image in some account's ECR, by AWS's name for it. */
const ecrImage = /^\d{12}\.dkr\.ecr\.[0-9a-z-]+\.amazonaws\.com(\.cn)?\//

export function isEcrImage(image = ''): boolean {
  return ecrImage.test(image)
}

/**
 * Why Fargate can't run a task definition that has its defaults, or undefined when it can.
 *
 * @see Amazon ECS developer guide, "Task definition differences for Fargate"
 */
export function fargateFault(task: TaskDefinitionContent): string | undefined {
  return sizeFault(task) ?? modeFault(task) ?? containerFault(task)
}

function sizeFault({ cpu, memory }: TaskDefinitionContent): string | undefined {
  if (cpu === undefined) return "Fargate requires that 'cpu' be defined at the task level."
  if (memory === undefined) return "Fargate requires that 'memory' be defined at the task level."
  if (isFargateSize(Number(cpu), Number(memory))) return undefined
  return `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory.`
}

function modeFault({
  networkMode,
  pidMode,
  ipcMode,
  volumes = [],
}: TaskDefinitionContent): string | undefined {
  if (networkMode !== 'awsvpc') return "Fargate only supports network mode 'awsvpc'."
  if (pidMode === 'host') {
    return "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'."
  }
  if (ipcMode !== undefined) return 'Fargate does not support the ipcMode parameter.'
  if (volumes.some(({ host }) => host?.sourcePath !== undefined)) {
    return "Fargate does not support the 'sourcePath' of host volumes."
  }
  return undefined
}

function containerFault({ containerDefinitions: containers, executionRoleArn }: TaskDefinitionContent) {
  const privileged = containers.find((container) => container.privileged)
  if (privileged) return `Fargate does not support privileged containers, as '${privileged.name}' is.`
  const logs = containers.flatMap(({ logConfiguration }) => logConfiguration ?? [])
  const awslogs = logs.filter(({ logDriver }) => logDriver === 'awslogs')
  if (executionRoleArn === undefined) {
    const needs = 'Fargate requires task definition to have execution role ARN to support'
    if (containers.some(({ image }) => isEcrImage(image))) return `${needs} ECR images.`
    if (awslogs.length > 0) return `${needs} log driver awslogs.`
  }
  if (awslogs.some(({ options }) => !options?.['awslogs-stream-prefix'])) {
    return 'Log driver awslogs requires options: awslogs-region, awslogs-group, awslogs-stream-prefix'
  }
  return undefined
}
