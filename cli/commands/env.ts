import { Command, Option } from 'commander'
import { readEnvironment } from '../../src/config/env.ts'
import { type Flags, loadConfig } from '../../src/config/load-config.ts'
import { awsCliVersion, passesEndpointVariableBy } from '../aws-cli.ts'
import { type ClientSettings, findClientSettings } from '../client-settings.ts'
import { environmentLines } from '../environment-lines.ts'
import { addSettingOptions } from '../setting-options.ts'
import type { Shell } from '../shells/shell.ts'
import { type ShellName, shellNames, shells } from '../shells/shells.ts'

const examples = `
Finds the running Berth by its data folder; the other settings matter only when none runs.

Examples:
  eval "$(berth env)"
  berth env --shell fish | source
  berth env --shell powershell | Out-String | Invoke-Expression
  eval "$(berth env --data-dir /var/lib/berth)"`

/** Settings that say where a Berth will listen, and by which key. */
const telling = [
  'dataDir',
  'host',
  'port',
  'tlsLocal',
  'tlsPort',
  'region',
  'rootAccessKey',
  'rootSecretKey',
  'dev',
] as const

/** `berth env`: prints what a shell evaluates to point AWS clients at Berth. */
export function envCommand(): Command {
  return addSettingOptions(
    new Command('env')
      .description('print the AWS variables of a Berth for a shell to evaluate')
      .addOption(new Option('--shell <name>', 'shell to print for').choices(shellNames).default('bash')),
    telling,
  )
    .addHelpText('after', examples)
    .action(printEnvironment)
}

async function printEnvironment({ shell, ...flags }: Flags & { readonly shell: ShellName }): Promise<void> {
  const settings = await findClientSettings(loadConfig({ flags, env: readEnvironment(), cwd: process.cwd() }))
  const lines = [...environmentLines(settings, shells[shell]), ...wrappingLines(shells[shell])]
  if (!settings.isRunning) process.stderr.write(notRunning(settings))
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** An aws command line that would go to amazonaws.com instead, for one service or for all, gets told where to go on each call. */
function wrappingLines(shell: Shell): readonly string[] {
  const version = awsCliVersion()
  const services = passesEndpointVariableBy(version)
  if (services === undefined) return []
  const name = version.split(/\s/, 1)[0]
  process.stderr.write(
    `berth: ${name} takes no AWS_ENDPOINT_URL for ${services}; \`aws\` is wrapped to say --endpoint-url\n`,
  )
  return [shell.wrapAws]
}

function notRunning({ endpoint }: ClientSettings): string {
  return `berth: no Berth runs on this data folder now; this is how to reach it once it does, at ${endpoint}\n`
}
