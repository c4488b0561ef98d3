import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readdir, readFile, readlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient, outputOf } from './client.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** What a program that prepares a machine changes: copies of these stand in the place of the machine's own. */
const places = ['/etc/hosts', '/etc/docker', '/etc/ssl', '/usr/local/share/ca-certificates'] as const

/** This machine, but with files of its own in a few places, for those who are in it. */
export interface PrivateMachine extends AsyncDisposable {
  /** What stands before the words of a command, so that it runs there. */
  readonly enter: readonly [program: string, ...args: string[]]
  /** A program there. */
  client(program: string, env?: Readonly<Record<string, string>>): Client
  /** Every path in those places, with what it holds or where it leads. */
  files(): Promise<Readonly<Record<string, string>>>
  /** What other stores of CAs, such as Java's, were told: `+` or `-` and a path, a line each. */
  hooked(): Promise<string>
}

/** Makes a mount name space with copies of the places. Needs root. Disposing of it leaves nothing behind. */
export async function openPrivateMachine(): Promise<PrivateMachine> {
  await using opening = new AsyncDisposableStack()
  const folder = opening.use(await temporaryFolder()).path
  const told = await writeHook(opening.use(await temporaryFolder()).path)
  const holder = opening.adopt(
    spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-e', '-c', script], {
      env: { PATH: process.env.PATH, COPIES: folder, HOOKS: told.hooks, HOOKED: told.log },
      stdio: ['pipe', 'pipe', 'inherit'],
    }),
    async (child) => {
      child.stdin.end()
      if (child.exitCode === null) await once(child, 'exit')
    },
  )
  await once(holder.stdout, 'data')
  const enter = ['nsenter', `--mount=/proc/${holder.pid}/ns/mnt`, '--'] as const
  const open = opening.move()
  return {
    enter,
    client: (program, env = {}) => createClient(enter[0], [...enter.slice(1), program], env),
    files: () => filesIn(folder),
    hooked: () => readFile(told.log, 'utf8'),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** It stays there until its standard input ends. The store is brought up to date first, so that later changes are the tests' alone. */
const script = `
for place in ${places.join(' ')}; do
  mkdir -p "$COPIES$(dirname $place)"
  if [ -e $place ]; then cp -a $place "$COPIES$place"; mount --bind "$COPIES$place" $place; fi
done
if [ -e /etc/ca-certificates/update.d ]; then mount --bind "$HOOKS" /etc/ca-certificates/update.d; fi
update-ca-certificates >&2
: >"$HOOKED"
echo ready
exec cat
`

/** In the place of the system's own hooks, which would change its Java. */
async function writeHook(folder: string): Promise<{ readonly hooks: string; readonly log: string }> {
  const [hooks, log] = [join(folder, 'hooks'), join(folder, 'log')]
  await mkdir(hooks)
  await writeFile(join(hooks, 'note'), `#!/bin/sh\nexec cat >>'${log}'\n`, { mode: 0o755 })
  return { hooks, log }
}

/** Why this machine can't have one, or false when it can. */
export async function whyNoPrivateMachine(): Promise<string | false> {
  try {
    await outputOf('unshare', ['--mount', 'mount', '--bind', '/etc', '/etc'])
    await outputOf('update-ca-certificates', ['--help'])
    return false
  } catch {
    return 'mount name spaces are not allowed, or update-ca-certificates is missing'
  }
}

async function filesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const described = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name)
    if (entry.isSymbolicLink()) return [path, `-> ${await readlink(path)}`]
    return [path, entry.isDirectory() ? 'folder' : await readFile(path, 'latin1')]
  })
  return Object.fromEntries((await Promise.all(described)).sort())
}
