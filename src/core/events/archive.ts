import type { RegistryKey } from '../names/registry-key.ts'
import type { BusKey } from './rule.ts'

export interface ArchiveKey extends RegistryKey {
  readonly name: string
}

/** Keeps events of one bus, to be told again. */
export interface Archive extends ArchiveKey {
  readonly id: number
  readonly bus: BusKey
  readonly description?: string | undefined
  /** The text of the pattern of what is kept; everything without it. */
  readonly pattern?: string | undefined
  /** 0 for ever. */
  readonly retentionDays: number
  readonly createdAt: Date
  readonly events: number
  /** Of the events as JSON. */
  readonly bytes: number
}

/** `arn:aws:events:<region>:<account>:archive/<name>` */
export function archiveArn({ account, region, name }: ArchiveKey): string {
  return `arn:aws:events:${region}:${account}:archive/${name}`
}
