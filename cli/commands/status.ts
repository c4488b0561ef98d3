import type { Command } from 'commander'
import type { BerthOperations } from '../../src/services/berth/shapes.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatBytes, formatCount, formatTime } from '../format.ts'
import { facts } from '../table.ts'

type Server = BerthOperations['DescribeServer']['output']

const examples = `
Examples:
  berth status
  berth status --data-dir /var/lib/berth
  berth status --json | jq .imageCount`

/** `berth status`: whether a Berth answers, which one it is, and how much it holds. */
export function statusCommand(): Command {
  return clientCommand('status', 'say what runs, since when, and how much it holds')
    .addHelpText('after', examples)
    .action(async (flags: ClientFlags) => {
      const client = await connect(flags)
      print(flags, await client.call('DescribeServer', {}), (server) => describe(server, client.endpoint))
    })
}

function describe(server: Server, endpoint: string): string {
  const { storage } = server
  return facts([
    ['Berth', `${server.version}, at ${endpoint} since ${formatTime(server.startedAt)}`],
    ['Account', `${server.accountId}, region ${server.region}`],
    ['Registry', server.registryHost],
    [
      'Holds',
      `${formatCount(server.imageCount, 'image')}, ${formatCount(server.repositoryCount, 'repository', 'repositories')}`,
    ],
    ...(storage
      ? [['Stored', `${formatCount(storage.blobCount, 'blob')}, ${formatBytes(storage.blobBytes)}`] as const]
      : []),
    ['Database', server.database],
  ])
}
