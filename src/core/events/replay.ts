import type { RegistryKey } from '../names/registry-key.ts'
import type { BusKey } from './rule.ts'

export interface ReplayKey extends RegistryKey {
  readonly name: string
}

export type ReplayState = 'STARTING' | 'RUNNING' | 'CANCELLING' | 'COMPLETED' | 'CANCELLED' | 'FAILED'

/** Tells the events of an archive again, those of a stretch of time, to the bus that they are of. */
export interface Replay extends ReplayKey {
  /** The archive's name, in the same registry. */
  readonly archive: string
  readonly bus: BusKey
  readonly description?: string | undefined
  /** ARNs of the rules that are told; all of the bus without any. */
  readonly rules: readonly string[]
  readonly from: Date
  /** Not in it. */
  readonly to: Date
  readonly state: ReplayState
  readonly reason?: string | undefined
  /** The last event that was told again. */
  readonly last?: { readonly at: number; readonly id: number } | undefined
  readonly startedAt: Date
  readonly endedAt?: Date | undefined
}

/** `arn:aws:events:<region>:<account>:replay/<name>` */
export function replayArn({ account, region, name }: ReplayKey): string {
  return `arn:aws:events:${region}:${account}:replay/${name}`
}

/** Whether it goes on, or is going to. */
export function isUnderWay({ state }: Replay): boolean {
  return state === 'STARTING' || state === 'RUNNING' || state === 'CANCELLING'
}
