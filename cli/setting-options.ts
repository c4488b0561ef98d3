import { type Command, Option } from 'commander'
import { allSettings, type Setting } from '../src/config/all-settings.ts'
import type { SettingKey } from '../src/config/settings.ts'

/**
 * Gives a command a flag for each setting, and one for the configuration file. The command gets them as `Flags`. Settings that
 * make no difference to it are taken too, so that the flags of `serve` can be repeated, but its help leaves them out.
 */
export function addSettingOptions(command: Command, indifferent: readonly SettingKey[] = []): Command {
  command.option(
    '--config <file>',
    'JSON file of settings [BERTH_CONFIG; default: berth.json, when there is one]',
  )
  for (const setting of allSettings)
    command.addOption(optionOf(setting).hideHelp(indifferent.includes(setting.key)))
  return command
}

function optionOf({ flag, placeholder, variable, meaning, byDefault }: Setting): Option {
  const flags = placeholder === undefined ? flag : `${flag} <${placeholder}>`
  return new Option(flags, `${meaning} [${variable}; default: ${byDefault}]`)
}
