import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** What Linux offers: for root, and for others where they may have a namespace of users. */
const ways: readonly (readonly string[])[] = [
  ['unshare', '--net', '--'],
  ['unshare', '--map-root-user', '--net', '--'],
]

/**
 * What to put before a command so that it has no network, not even this machine's; nothing where the system offers no such way. The command
 * takes the place of what is put before it, so that it is killed by the same id.
 *
 * @see unshare(1), network_namespaces(7)
 */
export async function findNetworkIsolation(): Promise<readonly string[]> {
  for (const way of ways) {
    if (await succeeds([...way, process.execPath, '--version'])) return way
  }
  return []
}

async function succeeds([program = '', ...args]: readonly string[]): Promise<boolean> {
  const child = spawn(program, args, { env: pathOnly, stdio: 'ignore' })
  try {
    const [code] = await once(child, 'close')
    return code === 0
  } catch {
    return false
  }
}

/** Where systems keep their own programs: the environment isn't asked. */
export const pathOnly = { PATH: '/usr/bin:/bin:/usr/sbin:/sbin' } as const
