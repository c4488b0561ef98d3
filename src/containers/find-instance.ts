import type { ContainerInstance } from '../core/ecs/container-instance.ts'
import { type Engine, EngineUnreachableError } from './engine.ts'

/** The engine as a machine for tasks, or undefined where it doesn't answer. */
export async function findInstance(engine: Pick<Engine, 'describe'>): Promise<ContainerInstance | undefined> {
  try {
    return await engine.describe()
  } catch (error) {
    if (error instanceof EngineUnreachableError) return undefined
    throw error
  }
}
