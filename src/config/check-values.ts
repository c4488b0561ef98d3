import { allSettings, type Setting } from './all-settings.ts'
import type { Config } from './config.ts'
import { ConfigError } from './config-error.ts'
import type { GivenValue, GivenValues } from './given-value.ts'
import { type SettingKey, settings } from './settings.ts'

/** Merges layers, the later ones winning, and checks what comes out. @throws ConfigError with every problem found */
export function checkValues(layers: readonly GivenValues[]): Config {
  const given = new Map(layers.flatMap((layer) => [...layer.values]))
  const unknown = layers.flatMap((layer) => layer.problems)
  const checked = settings.safeParse(Object.fromEntries([...given].map(([key, { value }]) => [key, value])))
  const refused = checked.success ? [] : checked.error.issues.map((issue) => issue.path[0])
  const wrong = allSettings
    .filter(({ key }) => refused.includes(key))
    .map((setting) => wrongValue(setting, given))
  if (!checked.success || unknown.length > 0) throw new ConfigError([...unknown, ...wrong])
  return checked.data
}

function wrongValue(setting: Setting, given: ReadonlyMap<SettingKey, GivenValue>): string {
  const { source, value } = given.get(setting.key) ?? { source: setting.flag, value: undefined }
  return `${source} must be ${setting.expects}${setting.secret ? '' : `, not ${JSON.stringify(value)}`}`
}
