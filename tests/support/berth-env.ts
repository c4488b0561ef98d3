import { BERTH, type BerthProcess } from './berth-process.ts'
import { outputOf, type RunOptions } from './client.ts'

/** What `berth env` prints for a shell to evaluate, depending on the `aws` that the shell would find. */
export function berthEnv(berth: BerthProcess, options: RunOptions = {}): Promise<string> {
  return outputOf(process.execPath, [BERTH, 'env', '--data-dir', berth.dataDir], options)
}

/** The variables that a shell has after `eval "$(berth env)"`. */
export async function exportedBy(berth: BerthProcess): Promise<Readonly<Record<string, string>>> {
  const statements = await berthEnv(berth, { env: { PATH: '' } })
  const variables = await outputOf('bash', ['-c', `${statements}\nenv -0`])
  const pairs = variables.matchAll(/(?<name>AWS_\w+)=(?<value>[^\0]*)\0/g)
  return Object.fromEntries([...pairs].map(({ groups }) => [groups?.name, groups?.value]))
}
