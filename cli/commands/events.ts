import { Command, Option } from 'commander'
import type { Delivery, DescribeDeliveryResponse } from '../../src/services/berth/shapes.ts'
import type { BerthClient } from '../berth-client.ts'
import { CliError } from '../cli-error.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatTime } from '../format.ts'
import { readId } from '../read-id.ts'
import { readPages } from '../read-pages.ts'
import { table } from '../table.ts'

const listed = 100
/** As many as one call takes. */
const replayedAtOnce = 100

const examples = `
Examples:
  berth events list                  what is on its way to targets and subscribers, and what became of it
  berth events list --state dead     what was given up
  berth events show 42               what it brings, and what each try was answered
  berth events replay 42 43          try these anew
  berth events replay --state dead   try all that was given up anew; with --receiver, of one receiver`

interface Which {
  readonly state?: Delivery['state']
  /** As a delivery names it. */
  readonly receiver?: string
}

type WhichFlags = ClientFlags & Which

/** `berth events`: what became of events on their way, and a way to have them try again. */
export function eventsCommand(): Command {
  return new Command('events')
    .description('tell what became of events on their way, or send some anew')
    .addHelpText('after', examples)
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(replayCommand())
}

function listCommand(): Command {
  return withWhich(clientCommand('list', 'list the latest deliveries')).action(async (flags: WhichFlags) => {
    print(flags, await readDeliveries(await connect(flags), flags, listed), describe)
  })
}

function showCommand(): Command {
  return clientCommand('show', 'print a delivery, what it brings, and what each try was answered')
    .argument('<id>', 'as `berth events list` names it', readId)
    .action(async (deliveryId: number, flags: ClientFlags) => {
      const client = await connect(flags)
      print(flags, await client.call('DescribeDelivery', { deliveryId }), whole)
    })
}

function replayCommand(): Command {
  return withWhich(clientCommand('replay', 'have deliveries tried anew, whatever became of them'))
    .argument('[ids...]', 'as `berth events list` names them', readIds)
    .action(async (ids: readonly number[], flags: WhichFlags) => {
      const client = await connect(flags)
      const answer = await replay(client, await wanted(client, ids, flags))
      print(flags, answer, ({ deliveryIds: { length } }) =>
        length === 1
          ? `Delivery ${answer.deliveryIds[0]} is tried anew\n`
          : `${length} deliveries are tried anew\n`,
      )
      const [forgotten] = answer.forgottenDeliveryIds
      if (forgotten !== undefined) throw new CliError(`There is no delivery ${forgotten}, or it is forgotten`)
    })
}

function withWhich(command: Command): Command {
  return command
    .addOption(new Option('--state <state>', 'only these').choices(['waiting', 'delivered', 'dead']))
    .option('--receiver <name>', 'only those to this receiver, as the list names it')
}

function readIds(text: string, before: readonly number[] | undefined): readonly number[] {
  return [...(before ?? []), readId(text)]
}

async function readDeliveries(
  client: BerthClient,
  { state, receiver }: Which,
  limit: number,
): Promise<readonly Delivery[]> {
  const { rows } = await readPages(limit, async (page) => {
    const { deliveries, nextToken } = await client.call('ListDeliveries', { state, receiver, ...page })
    return { rows: deliveries, nextToken }
  })
  return rows
}

/** Those that are named, or those that the flags describe. */
async function wanted(client: BerthClient, ids: readonly number[], which: Which): Promise<readonly number[]> {
  if (ids.length > 0) return ids
  if (which.state === undefined && which.receiver === undefined) {
    throw new CliError('Name deliveries, or say which by --state or --receiver')
  }
  const deliveries = await readDeliveries(client, which, Number.POSITIVE_INFINITY)
  return deliveries.map(({ deliveryId }) => deliveryId).toReversed()
}

async function replay(client: BerthClient, ids: readonly number[]) {
  const answer = { deliveryIds: [] as number[], forgottenDeliveryIds: [] as number[] }
  for (let begin = 0; begin < ids.length; begin += replayedAtOnce) {
    const some = ids.slice(begin, begin + replayedAtOnce)
    const { deliveryIds, forgottenDeliveryIds } = await client.call('ReplayDeliveries', { deliveryIds: some })
    answer.deliveryIds.push(...deliveryIds)
    answer.forgottenDeliveryIds.push(...forgottenDeliveryIds)
  }
  return answer
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

function whole({ delivery, tries, event, content }: DescribeDeliveryResponse): string {
  const answers = table(
    ['TRIED', 'ANSWER'],
    tries.map(({ triedAt, answer }) => [formatTime(triedAt), answer]),
  )
  const parts = [describe([delivery]), tries.length === 0 ? '' : answers]
  if (event !== undefined && event !== content) parts.push(`Event: ${event}\n`)
  if (content !== undefined) parts.push(`${content}\n`)
  return parts.filter((part) => part !== '').join('\n')
}
