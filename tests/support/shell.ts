import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { AwsCli } from './aws-cli.ts'
import { berthEnv } from './berth-env.ts'
import type { BerthProcess } from './berth-process.ts'
import { type Client, createClient } from './client.ts'
import type { Dockerd } from './dockerd.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** A second shell beside Berth's, as in the README: `eval "$(berth env)"` is done, `aws` and `docker` are there. */
export interface Shell extends AsyncDisposable {
  /** Where the lines are typed; empty at first, gone with the shell. */
  readonly folder: string
  /** Types a line and gives what it prints. @throws ProgramFailedError unless it exits with 0 */
  type(line: string): Promise<string>
  /** Types a line that may fail. */
  try(line: string): ReturnType<Client['run']>
}

interface ShellSettings {
  readonly berth: BerthProcess
  /** What `aws` means. */
  readonly aws: AwsCli
  readonly dockerd?: Dockerd | undefined
}

export async function openShell({ berth, aws, dockerd }: ShellSettings): Promise<Shell> {
  await using opening = new AsyncDisposableStack()
  const home = opening.use(await temporaryFolder()).path
  const cwd = join(home, 'work')
  await mkdir(cwd)
  const env = { ...(await awsSettings(home, aws)), ...dockerd?.env }
  const preparation = `set -o pipefail\n${await berthEnv(berth, { env })}\n`
  const bash = createClient('bash', ['-c'], env)
  const open = opening.move()
  return {
    folder: cwd,
    type: (line) => bash.output([preparation + line], { cwd }),
    try: (line) => bash.run([preparation + line], { cwd }),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** Puts this CLI first on the path, and keeps it from the user's own settings. */
async function awsSettings(home: string, { path }: AwsCli): Promise<Readonly<Record<string, string>>> {
  const programs = join(home, 'bin')
  await mkdir(programs)
  await symlink(path, join(programs, 'aws'))
  const files = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' }
  return { HOME: home, PATH: `${programs}:${process.env.PATH}`, AWS_PAGER: '', ...files }
}
