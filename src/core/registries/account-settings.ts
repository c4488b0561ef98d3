import { InvalidParameterError } from '../errors.ts'

/**
 * Every setting of a registry, and what it may be: the first is what holds until another is put.
 *
 * @see Amazon ECR user guide, "Account settings"
 */
const choices = {
  /** The only engine of basic scanning. */
  BASIC_SCAN_TYPE_VERSION: ['AWS_NATIVE'],
  /** Whether a push may take layers over from other repositories of the registry. */
  BLOB_MOUNTING: ['ENABLED', 'DISABLED'],
  /** What the registry's policy has a say in. */
  REGISTRY_POLICY_SCOPE: ['V2', 'V1'],
} as const

export type AccountSettingName = keyof typeof choices

/** All settings of one registry. */
export type AccountSettings = {
  readonly [Name in AccountSettingName]: (typeof choices)[Name][number]
}

/** The settings of a registry where these were put; what a former version knew and this one doesn't is passed over. */
export function accountSettings(stored: ReadonlyMap<string, string>): AccountSettings {
  return {
    BASIC_SCAN_TYPE_VERSION: chosen(choices.BASIC_SCAN_TYPE_VERSION, stored.get('BASIC_SCAN_TYPE_VERSION')),
    BLOB_MOUNTING: chosen(choices.BLOB_MOUNTING, stored.get('BLOB_MOUNTING')),
    REGISTRY_POLICY_SCOPE: chosen(choices.REGISTRY_POLICY_SCOPE, stored.get('REGISTRY_POLICY_SCOPE')),
  }
}

function chosen<Value extends string>(
  options: readonly [Value, ...Value[]],
  stored: string | undefined,
): Value {
  return options.find((option) => option === stored) ?? options[0]
}

/** @throws InvalidParameterError at `name` */
export function parseAccountSettingName(text: string): AccountSettingName {
  const names = Object.keys(choices).filter(isAccountSettingName)
  const name = names.find((known) => known === text)
  if (name === undefined) throw new InvalidParameterError('name', oneOf(names))
  return name
}

/** @throws InvalidParameterError at `value` for what this setting can't be */
export function checkAccountSettingValue(name: AccountSettingName, value: string): void {
  const options: readonly string[] = choices[name]
  if (!options.includes(value)) throw new InvalidParameterError('value', oneOf(options))
}

function isAccountSettingName(text: string): text is AccountSettingName {
  return text in choices
}

function oneOf(values: readonly string[]): string {
  return `Member must satisfy enum value set: [${values.join(', ')}]`
}
