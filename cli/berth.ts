import { Command } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { accountCommand } from './commands/account.ts'
import { advisoriesCommand } from './commands/advisories.ts'
import { auditCommand } from './commands/audit.ts'
import { clockCommand } from './commands/clock.ts'
import { dockerCredentialCommand } from './commands/docker-credential.ts'
import { envCommand } from './commands/env.ts'
import { eventsCommand } from './commands/events.ts'
import { findingsCommand } from './commands/findings.ts'
import { gateCommand } from './commands/gate.ts'
import { gcCommand } from './commands/gc.ts'
import { historyCommand } from './commands/history.ts'
import { jobsCommand } from './commands/jobs.ts'
import { keysCommand } from './commands/keys.ts'
import { lifecycleCommand } from './commands/lifecycle.ts'
import { loginCommand, logoutCommand } from './commands/login.ts'
import { mailCommand } from './commands/mail.ts'
import { replicateCommand } from './commands/replicate.ts'
import { restoreCommand } from './commands/restore.ts'
import { robotCommand } from './commands/robot.ts'
import { sbomCommand } from './commands/sbom.ts'
import { scanCommand } from './commands/scan.ts'
import { serveCommand } from './commands/serve.ts'
import { statusCommand } from './commands/status.ts'
import { trustCommand } from './commands/trust.ts'
import { verifyCommand } from './commands/verify.ts'
import { versionCommand } from './commands/version.ts'
import { withDefaultCommand } from './default-command.ts'
import { explainFailure } from './explain-failure.ts'

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

const commands = [
  serveCommand(version),
  envCommand(),
  trustCommand(),
  statusCommand(),
  accountCommand(),
  loginCommand(),
  logoutCommand(),
  robotCommand(),
  auditCommand(),
  historyCommand(),
  restoreCommand(),
  lifecycleCommand(),
  replicateCommand(),
  gcCommand(),
  advisoriesCommand(),
  scanCommand(),
  findingsCommand(),
  gateCommand(),
  sbomCommand(),
  keysCommand(),
  eventsCommand(),
  mailCommand(),
  jobsCommand(),
  clockCommand(),
  verifyCommand(),
  versionCommand(version),
]

for (const command of commands) {
  berth.addCommand(command.copyInheritedSettings(berth))
}

// Docker runs it by its own name.
berth.addCommand(dockerCredentialCommand().copyInheritedSettings(berth), { hidden: true })

try {
  await berth.parseAsync(withDefaultCommand(process.argv.slice(2)), { from: 'user' })
} catch (error) {
  const { text, exitCode } = explainFailure(error)
  process.stderr.write(text)
  process.exitCode = exitCode
}
