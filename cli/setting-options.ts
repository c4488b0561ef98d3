import { type Command, Option } from 'commander'
import { allSettings, type Setting } from '../src/config/all-settings.ts'
import type { SettingKey } from '../src/config/settings.ts'

/**
 * Gives a command a flag for each setting, and one for the configuration file. The command gets them as `Flags`.
 *
 * @param telling the settings that make a difference to it. All others are taken too, so that the flags of `serve` can be repeated,
 *   but its help leaves them out.
 */
export function addSettingOptions(command: Command, telling?: readonly SettingKey[]): Command {
  command.option(
    '--config <file>',
    'JSON file of settings [BERTH_CONFIG; default: berth.json, when there is one]',
  )
  for (const setting of allSettings)
    command.addOption(optionOf(setting).hideHelp(telling?.includes(setting.key) === false))
  return command
}

function optionOf({ flag, placeholder, variable, meaning, byDefault }: Setting): Option {
  const flags = placeholder === undefined ? flag : `${flag} <${placeholder}>`
  return new Option(flags, `${meaning} [${variable}; default: ${byDefault}]`)
}
