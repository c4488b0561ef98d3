import type { SettingKey } from './settings.ts'

/** A value as someone gave it, not checked yet. */
export interface GivenValue {
  readonly value: unknown
  /** Where it stands, in the user's words: `--port`, `BERTH_PORT`, `'port' in /etc/berth.json`. */
  readonly source: string
}

/** What one layer (the file, the variables or the flags) says, and the names in it that aren't settings. */
export interface GivenValues {
  readonly values: ReadonlyMap<SettingKey, GivenValue>
  readonly problems: readonly string[]
}
