import { Command, InvalidArgumentError, Option } from 'commander'
import type { Delivery } from '../../src/services/berth/shapes.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatTime } from '../format.ts'
import { readPages } from '../read-pages.ts'
import { table } from '../table.ts'

const listed = 100

const examples = `
Examples:
  berth events list                what is on its way to targets and subscribers, and what became of it
  berth events list --state dead   what was given up
  berth events replay 42           try that one anew`

type ListFlags = ClientFlags & { readonly state?: Delivery['state'] }

/** `berth events`: what became of events on their way, and a way to have one try again. */
export function eventsCommand(): Command {
  return new Command('events')
    .description('tell what became of events on their way, or send one anew')
    .addHelpText('after', examples)
    .addCommand(listCommand())
    .addCommand(replayCommand())
}

function listCommand(): Command {
  return clientCommand('list', 'list the latest deliveries')
    .addOption(new Option('--state <state>', 'only these').choices(['waiting', 'delivered', 'dead']))
    .action(async (flags: ListFlags) => {
      const client = await connect(flags)
      const { rows } = await readPages(listed, async (page) => {
        const { deliveries, nextToken } = await client.call('ListDeliveries', { state: flags.state, ...page })
        return { rows: deliveries, nextToken }
      })
      print(flags, rows, describe)
    })
}

function replayCommand(): Command {
  return clientCommand('replay', 'have a delivery tried anew, whatever became of it')
    .argument('<id>', 'as `berth events list` names it', readId)
    .action(async (deliveryId: number, flags: ClientFlags) => {
      const client = await connect(flags)
      const answer = await client.call('ReplayDelivery', { deliveryId })
      print(flags, answer, () => `Delivery ${deliveryId} is tried anew\n`)
    })
}

function readId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a number.')
}

function describe(deliveries: readonly Delivery[]): string {
  const rows = deliveries.map(
    ({ deliveryId, createdAt, state, attempts, nextAttemptAt, receiver, answer }) => {
      const next = nextAttemptAt === undefined ? '-' : formatTime(nextAttemptAt)
      return [
        String(deliveryId),
        formatTime(createdAt),
        state,
        String(attempts),
        next,
        receiver,
        answer ?? '-',
      ]
    },
  )
  return table(['ID', 'MADE', 'STATE', 'TRIES', 'NEXT', 'RECEIVER', 'ANSWER'], rows)
}
