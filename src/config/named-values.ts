import { allSettings, type Setting } from './all-settings.ts'
import type { GivenValue, GivenValues } from './given-value.ts'
import { nearestName } from './nearest-name.ts'
import type { SettingKey } from './settings.ts'

/** How a layer spells the names of settings. */
export interface Spelling {
  nameOf(setting: Setting): string
  /** The name as a person would point at it. */
  show(name: string): string
}

/** Reads names and values into settings. An unknown name is a problem that tells the nearest known one. */
export function readNamedValues(named: Readonly<Record<string, unknown>>, spelling: Spelling): GivenValues {
  const values = new Map<SettingKey, GivenValue>()
  const problems: string[] = []
  for (const [name, value] of Object.entries(named)) {
    const setting = allSettings.find((one) => spelling.nameOf(one) === name)
    if (setting === undefined) problems.push(unknownName(name, spelling))
    else values.set(setting.key, { value, source: spelling.show(name) })
  }
  return { values, problems }
}

function unknownName(name: string, spelling: Spelling): string {
  const known = allSettings.map((setting) => spelling.nameOf(setting))
  const nearest = nearestName(name, known)
  const advice = nearest === undefined ? `the settings are ${known.join(', ')}` : `did you mean ${nearest}?`
  return `${spelling.show(name)} is not a setting; ${advice}`
}
