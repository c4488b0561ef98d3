import { Command } from 'commander'
import type { Flags } from '../src/config/load-config.ts'
import type { SettingKey } from '../src/config/settings.ts'
import { BerthClient } from './berth-client.ts'
import { findConnection } from './connection.ts'
import { addSettingOptions } from './setting-options.ts'
import { trustBundle } from './trust-bundle.ts'

/** Flags that every command over the API takes. */
export type ClientFlags = Flags & { readonly json?: boolean }

const findsBerth = `
It talks to the Berth of --data-dir; without that flag to the one that AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID and
AWS_SECRET_ACCESS_KEY name (\`berth env\` sets them), or else to the one that runs on the data folder in this folder.`

/** Settings that help to find a running Berth. */
const telling: readonly SettingKey[] = ['dataDir', 'rootAccessKey', 'rootSecretKey']

/**
 * A command that asks a running Berth something: it has `--json` for machines, and the flags that say which Berth.
 *
 * @example
 * clientCommand('status', 'say what runs').action(async (flags: ClientFlags) => {
 *   const client = await connect(flags)
 *   ...
 * })
 */
export function clientCommand(usage: string, description: string): Command {
  const command = new Command(usage).description(description).option('--json', 'print JSON, for machines')
  return addSettingOptions(command, telling).addHelpText('after', findsBerth)
}

/** A client of the Berth that the flags mean. @throws CliError, ConfigError */
export async function connect(flags: ClientFlags): Promise<BerthClient> {
  const connection = await findConnection(flags)
  if (connection.caFile !== undefined && connection.endpoint.startsWith('https:'))
    trustBundle(connection.caFile)
  return new BerthClient(connection)
}

/** Prints what a command found: as JSON when that was asked for, otherwise as `render` puts it, for people. */
export function print<Found>({ json }: ClientFlags, found: Found, render: (found: Found) => string): void {
  process.stdout.write(json ? `${JSON.stringify(found, undefined, 2)}\n` : render(found))
}
