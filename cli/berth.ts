import { Command } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { hasCode } from '../src/core/error-code.ts'
import { withDefaultCommand } from './default-command.ts'
import { explainFailure } from './explain-failure.ts'
import { inheritSettings } from './inherit-settings.ts'
import { loadCommands } from './load-commands.ts'

const { version } = packageJson

const berth = new Command('berth')
  .description('Amazon ECR that anyone can run.')
  .version(version)
  .showHelpAfterError('(berth <command> --help tells all flags)')
  .exitOverride()
  .addHelpText(
    'after',
    '\nWithout a command, berth serves: `berth --port 5000` is `berth serve --port 5000`.',
  )

// Whoever reads only the first lines, as `head` does, has read enough.
process.stdout.on('error', (error) => {
  if (!hasCode(error, 'EPIPE')) throw error
})

try {
  const args = withDefaultCommand(process.argv.slice(2))
  for (const { command, hidden } of await loadCommands(args[0], version)) {
    berth.addCommand(inheritSettings(command, berth), { hidden })
  }
  await berth.parseAsync(args, { from: 'user' })
} catch (error) {
  const { text, exitCode } = explainFailure(error)
  process.stderr.write(text)
  process.exitCode = exitCode
}
