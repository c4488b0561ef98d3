import { type Command, InvalidArgumentError, Option } from 'commander'
import { durationMs, isDuration } from '../../src/config/duration.ts'
import type { AuditEvent } from '../../src/services/berth/shapes.ts'
import { type ClientFlags, clientCommand, connect, print } from '../client-command.ts'
import { formatTime } from '../format.ts'
import { readPages } from '../read-pages.ts'
import { table } from '../table.ts'

const examples = `
Changes and denials appear within a second, pulls within a minute; what repeats itself is told once, with how often.

Examples:
  berth audit --since 1h
  berth audit --outcome denied --since 7d
  berth audit --repository team/app --action ecr:PutImage
  berth audit --principal arn:aws:berth:us-east-1:000000000000:robot/ci --json`

interface AuditFlags extends ClientFlags {
  readonly principal?: string
  readonly action?: string
  readonly repository?: string
  readonly outcome?: AuditEvent['outcome']
  readonly since?: Date
  readonly until?: Date
  readonly limit: number
}

/** `berth audit`: who did what, from where, and by which statement they were let or kept from it. */
export function auditCommand(): Command {
  return clientCommand('audit', 'tell who did what, or was kept from it, and by which policy')
    .option('--principal <arn>', 'only what they did')
    .option('--action <name>', "only this: IAM's name, such as ecr:PutImage")
    .option('--repository <name>', 'only what was done there')
    .addOption(
      new Option('--outcome <outcome>', 'only what ended so').choices([
        'success',
        'failed',
        'denied',
        'rejected',
      ]),
    )
    .option('--since <when>', 'a time ago (1h, 7d) or a date (2026-03-01T08:00:00Z)', readMoment)
    .option('--until <when>', 'in the same way', readMoment)
    .option('--limit <number>', 'how many at the most', readLimit, 100)
    .addHelpText('after', examples)
    .action(showEvents)
}

async function showEvents(flags: AuditFlags): Promise<void> {
  const client = await connect(flags)
  const { principal, action, outcome } = flags
  const times = { startTime: flags.since, endTime: flags.until }
  const filter = { principal, action, outcome, repositoryName: flags.repository, ...times }
  const { rows } = await readPages<AuditEvent>(flags.limit, async (page) => {
    const { events, nextToken } = await client.call('LookupEvents', { ...filter, ...page })
    return { rows: events, nextToken }
  })
  print(flags, rows, describe)
}

function readMoment(text: string): Date {
  if (isDuration(text)) return new Date(Date.now() - durationMs(text))
  const moment = new Date(/^\d{4}-\d\d-\d\d(T.+)?$/.test(text) ? text : Number.NaN)
  if (!Number.isNaN(moment.getTime())) return moment
  throw new InvalidArgumentError('It is a time such as 1h or 7d ago, or a date such as 2026-03-01.')
}

function readLimit(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It is a number from 1 to 999999.')
}

function describe(events: readonly AuditEvent[]): string {
  if (events.length === 0) return 'Nothing of that kind is in the audit trail\n'
  const rows = events.map((event) => [
    formatTime(event.eventTime),
    event.outcome,
    event.principal,
    event.action,
    event.resource,
    event.sourceAddress,
    decidedBy(event),
    String(event.count),
  ])
  return table(['TIME', 'OUTCOME', 'PRINCIPAL', 'ACTION', 'RESOURCE', 'FROM', 'BY', 'TIMES'], rows)
}

function decidedBy({ decidedBy: by, outcome, errorCode }: AuditEvent): string {
  if (by === undefined) return outcome === 'denied' ? 'no policy allows it' : (errorCode ?? '-')
  return by.sid === undefined ? by.policy : `${by.policy} (${by.sid})`
}
