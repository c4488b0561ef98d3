import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { Robot } from '../../core/robots/robot.ts'

/** A robot with what is kept of its secret. */
export interface StoredRobot extends Robot {
  /** SHA-256 of the secret, as hex. */
  readonly secretHash: string
}

export interface RobotReader {
  find(id: string): Promise<StoredRobot | undefined>
  findByName(registry: RegistryKey, name: string): Promise<StoredRobot | undefined>
  /** One page of a registry's robots by name, from the first after `after`. */
  list(
    registry: RegistryKey,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<StoredRobot[]>
}

export interface RobotWriter {
  /** Adds it; resolves to false when its name is taken in its registry. */
  add(robot: StoredRobot): Promise<boolean>
  delete(id: string): Promise<void>
  /** One that is gone is passed over; no time goes back. */
  recordUse(id: string, at: Date): Promise<void>
}
