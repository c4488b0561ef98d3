import { Command, Option } from 'commander'
import { readEnvironment } from '../../src/config/env.ts'
import { type Flags, loadConfig } from '../../src/config/load-config.ts'
import { awsCliVersion, readsEndpointVariable } from '../aws-cli.ts'
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

/** Settings of a server that its clients needn't know. */
const indifferent = [
  'accountId',
  'database',
  'registryHost',
  'registryDomain',
  'logLevel',
  'tlsCert',
  'tlsKey',
] as const

/** `berth env`: prints what a shell evaluates to point AWS clients at Berth. */
export function envCommand(): Command {
  return addSettingOptions(
    new Command('env')
      .description('print the AWS variables of a Berth for a shell to evaluate')
      .addOption(new Option('--shell <name>', 'shell to print for').choices(shellNames).default('bash')),
    indifferent,
  )
    .addHelpText('after', examples)
    .action(printEnvironment)
}

async function printEnvironment({ shell, ...flags }: Flags & { readonly shell: ShellName }): Promise<void> {
  const settings = await findClientSettings(loadConfig({ flags, env: readEnvironment(), cwd: process.cwd() }))
  const lines = [...environmentLines(settings, shells[shell]), ...wrapOldCli(shells[shell])]
  if (!settings.isRunning) process.stderr.write(notRunning(settings))
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** An aws command line that would go to amazonaws.com instead gets told where to go on each call. */
function wrapOldCli(shell: Shell): readonly string[] {
  const version = awsCliVersion()
  if (readsEndpointVariable(version)) return []
  const name = version.split(/\s/, 1)[0]
  process.stderr.write(`berth: ${name} reads no AWS_ENDPOINT_URL; \`aws\` is wrapped to say --endpoint-url\n`)
  return [shell.wrapAws]
}

function notRunning({ endpoint }: ClientSettings): string {
  return `berth: no Berth runs on this data folder now; this is how to reach it once it does, at ${endpoint}\n`
}
