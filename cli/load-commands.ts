import type { Command } from 'commander'

type Load = (version: string) => Promise<Command>

/** How each command is loaded, by its name, in the order in which help lists them. */
const listed: ReadonlyMap<string, Load> = new Map<string, Load>([
  ['serve', async (version) => (await import('./commands/serve.ts')).serveCommand(version)],
  ['env', async () => (await import('./commands/env.ts')).envCommand()],
  ['trust', async () => (await import('./commands/trust.ts')).trustCommand()],
  ['status', async () => (await import('./commands/status.ts')).statusCommand()],
  ['console', async () => (await import('./commands/console.ts')).consoleCommand()],
  ['account', async () => (await import('./commands/account.ts')).accountCommand()],
  ['login', async () => (await import('./commands/login.ts')).loginCommand()],
  ['logout', async () => (await import('./commands/login.ts')).logoutCommand()],
  ['robot', async () => (await import('./commands/robot.ts')).robotCommand()],
  ['audit', async () => (await import('./commands/audit.ts')).auditCommand()],
  ['history', async () => (await import('./commands/history.ts')).historyCommand()],
  ['restore', async () => (await import('./commands/restore.ts')).restoreCommand()],
  ['lifecycle', async () => (await import('./commands/lifecycle.ts')).lifecycleCommand()],
  ['replicate', async () => (await import('./commands/replicate.ts')).replicateCommand()],
  ['gc', async () => (await import('./commands/gc.ts')).gcCommand()],
  ['advisories', async () => (await import('./commands/advisories.ts')).advisoriesCommand()],
  ['scan', async () => (await import('./commands/scan.ts')).scanCommand()],
  ['findings', async () => (await import('./commands/findings.ts')).findingsCommand()],
  ['gate', async () => (await import('./commands/gate.ts')).gateCommand()],
  ['sbom', async () => (await import('./commands/sbom.ts')).sbomCommand()],
  ['keys', async () => (await import('./commands/keys.ts')).keysCommand()],
  ['events', async () => (await import('./commands/events.ts')).eventsCommand()],
  ['mail', async () => (await import('./commands/mail.ts')).mailCommand()],
  ['ecs', async () => (await import('./commands/ecs.ts')).ecsCommand()],
  ['jobs', async () => (await import('./commands/jobs.ts')).jobsCommand()],
  ['clock', async () => (await import('./commands/clock.ts')).clockCommand()],
  ['backup', async () => (await import('./commands/backup.ts')).backupCommand()],
  ['verify', async () => (await import('./commands/verify.ts')).verifyCommand()],
  ['version', async (version) => (await import('./commands/version.ts')).versionCommand(version)],
])

/** Docker runs it by its own name. */
const hidden: ReadonlyMap<string, Load> = new Map<string, Load>([
  [
    'docker-credential',
    async () => (await import('./commands/docker-credential.ts')).dockerCredentialCommand(),
  ],
])

/** A command, and whether help is silent about it. */
export interface LoadedCommand {
  readonly command: Command
  readonly hidden: boolean
}

/**
 * The command that `name` names; all of them when it names none, for help and for what is said about a wrong one.
 *
 * @remarks One command alone is loaded in a third of the time, which docker's credential helper takes at every pull, and a server
 * needn't remember the others.
 */
export async function loadCommands(name: string | undefined, version: string): Promise<LoadedCommand[]> {
  const named = [...listed, ...hidden].filter(([known]) => known === name)
  const wanted = named.length > 0 ? named : [...listed, ...hidden]
  return Promise.all(
    wanted.map(async ([known, load]) => ({ command: await load(version), hidden: hidden.has(known) })),
  )
}
