import type { Principal } from '../access/principal.ts'
import { parseS3Object, readEnvironmentFile, type S3Object } from '../core/ecs/environment-file.ts'
import type { Task, TaskContainer } from '../core/ecs/task.ts'
import { denialText } from '../core/policies/denial-text.ts'
import { ContainerError, type Variable } from './engine.ts'
import { keptByOperator } from './kept-by-operator.ts'
import { forTasks } from './task-identity.ts'
import type { TaskWork } from './task-work.ts'

/**
 * The variables of a container's environment files, in their order, as the role that reads them may have them.
 *
 * @throws ContainerError ResourceInitializationError when one isn't there or may not be read
 * @see Amazon ECS developer guide, "Pass environment variables to an Amazon ECS container", Required IAM permissions
 */
export async function readEnvironmentFiles(
  work: Pick<TaskWork, 'authoriser' | 'findEnvironmentFile' | 'onError'>,
  task: Task,
  { definition: { environmentFiles = [] } }: TaskContainer,
  who: Principal,
): Promise<readonly Variable[]> {
  const found = new Map<string, string>()
  for (const { value } of environmentFiles) {
    const object = parseS3Object(value)
    if (object === undefined) throw failed(value, 'it is no ARN of an object')
    await requireAllowed(work, task, object, who)
    const text = await keptByOperator(
      work,
      () => work.findEnvironmentFile(object),
      (why) => failed(value, why),
    )
    if (text === undefined) throw failed(value, 'NoSuchKey: The specified key does not exist.')
    // Of files that have the same variable the first counts, and in a file the last line.
    const variables = new Map(readEnvironmentFile(text).map((one) => [one.name, one.value]))
    for (const [name, content] of variables) if (!found.has(name)) found.set(name, content)
  }
  return Array.from(found, ([name, value]) => ({ name, value }))
}

async function requireAllowed(
  { authoriser }: Pick<TaskWork, 'authoriser'>,
  { cluster }: Task,
  { arn, bucketArn }: S3Object,
  who: Principal,
): Promise<void> {
  const needed = [
    ['s3:GetBucketLocation', bucketArn],
    ['s3:GetObject', arn],
  ] as const
  for (const [action, resource] of needed) {
    const permission = { action, resource, owner: cluster.account }
    const decision = await authoriser.decide({ who, permission, surroundings: forTasks })
    if (decision.allowed) continue
    throw failed(arn, `AccessDenied: ${denialText({ arn: who.arn, action, resource }, decision)}`)
  }
}

function failed(arn: string, why: string): ContainerError {
  return new ContainerError(
    'ResourceInitializationError',
    `failed to download env files: file download command: non empty error stream: ${arn}: ${why}`,
  )
}
