import type { ContainerError } from './engine.ts'
import type { TaskWork } from './task-work.ts'

/**
 * What the operator keeps for tasks. What can't be read fails the task, as it would on AWS: tried for ever, it would wait and nobody
 * learn for what. The log has the reason, which may name what is none of the task's business.
 *
 * @param refusal the error that ends the task with these words
 * @throws ContainerError
 */
export async function keptByOperator<Kept>(
  { onError }: Pick<TaskWork, 'onError'>,
  find: () => Promise<Kept>,
  refusal: (why: string) => ContainerError,
): Promise<Kept> {
  try {
    return await find()
  } catch (error) {
    onError(error)
    throw refusal("InternalServiceError: what Berth's operator keeps can't be read; its log says why")
  }
}
