import { type Explanation, explanations } from './settings/explanation.ts'
import { type SettingKey, settings } from './settings.ts'

/** Names and explanation of one setting. */
export interface Setting extends Explanation {
  readonly key: SettingKey
  /** As in the configuration file: `data-dir`. */
  readonly name: string
  /** `--data-dir`. */
  readonly flag: string
  /** `BERTH_DATA_DIR`. */
  readonly variable: string
  /** In words, ready to print. */
  readonly byDefault: string
}

/** The settings in the order they are explained. */
export const allSettings: readonly Setting[] = settings.keyof().options.map(describe)

function describe(key: SettingKey): Setting {
  const explanation = explanations.get(settings.shape[key])
  if (explanation === undefined) throw new Error(`The setting ${key} has no explanation`)
  const name = key.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  return {
    ...explanation,
    key,
    name,
    flag: `--${name}`,
    variable: `BERTH_${name.replaceAll('-', '_').toUpperCase()}`,
    byDefault: explanation.otherwise ?? String(settings.parse({})[key]),
  }
}
