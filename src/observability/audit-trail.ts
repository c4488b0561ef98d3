import { accountIn } from '../core/names/arn.ts'
import type { TrailOutcome, TrailRecord } from '../core/trail/trail-record.ts'
import type { Asked } from './exchange-notes.ts'
import type { ExchangeObserver, FinishedExchange } from './finished-exchange.ts'

/** What takes the records. */
export interface TrailSink {
  add(record: TrailRecord): void
  countDenial(key: string, at: Date, make: () => TrailRecord): void
  countRead(key: string, at: Date, make: () => TrailRecord): void
}

/** One thing that was asked, and how it ended. */
interface Deed {
  readonly exchange: FinishedExchange
  readonly asked: Asked
  readonly outcome: TrailOutcome
  readonly account: Asked['owner']
  readonly at: Date
}

/**
 * Tells the audit trail of everything that a request changed or was denied and, with `reads`, of what it read: in the trail of the
 * account that owns the resource and, if that is another, in the caller's own.
 */
export function auditTrail(
  sink: TrailSink,
  options: {
    readonly reads: boolean
    /** In whose trail stand those whom nobody knows. */
    readonly operator: Asked['owner']
    readonly now: () => Date
  },
): ExchangeObserver {
  const { reads, operator, now } = options
  return (exchange) => {
    const { asked: all, isRejected } = exchange.notes
    if (isRejected) tell(sink, rejectionOf(exchange, operator, now()))
    for (const asked of all) {
      const outcome = outcomeOf(exchange, asked)
      if (outcome === undefined) continue
      if (!asked.isChange && outcome !== 'denied' && !(reads && outcome === 'success')) continue
      for (const account of accountsOf(exchange, asked))
        tell(sink, { exchange, asked, outcome, account, at: now() })
    }
  }
}

/** What was wanted of the server is all that is known. */
function rejectionOf(exchange: FinishedExchange, account: Deed['account'], at: Date): Deed {
  const asked = { action: exchange.notes.route ?? 'login', resource: '*', owner: account, isChange: false }
  return { exchange, asked, outcome: 'rejected', account, at }
}

function tell(sink: TrailSink, deed: Deed): void {
  const { asked, outcome, at } = deed
  if (outcome === 'denied' || outcome === 'rejected') sink.countDenial(keyOf(deed), at, () => recordOf(deed))
  else if (asked.isChange) sink.add(recordOf(deed))
  else sink.countRead(keyOf(deed), at, () => recordOf(deed))
}

/** Undefined for what another denial of the same request left undecided or undone. */
function outcomeOf({ status, notes }: FinishedExchange, { decision }: Asked): TrailOutcome | undefined {
  if (decision === 'denied') return 'denied'
  if (status < 400) return 'success'
  return notes.asked.some((asked) => asked.decision === 'denied') ? undefined : 'failed'
}

function accountsOf({ notes: { caller } }: FinishedExchange, { owner }: Asked): readonly Asked['owner'][] {
  const own = accountIn(caller ?? '')
  return own === undefined || own === owner ? [owner] : [owner, own]
}

function keyOf({ exchange, asked, account }: Deed): string {
  const { notes, remoteAddress, userAgent } = exchange
  return `${account} ${notes.caller} ${asked.action} ${asked.resource} ${remoteAddress} ${userAgent}`
}

function recordOf({ exchange, asked, outcome, account, at }: Deed): TrailRecord {
  const { notes, remoteAddress, userAgent, requestId } = exchange
  return {
    account,
    at,
    principal: notes.caller ?? '-',
    action: asked.action,
    resource: asked.resource,
    repository: repositoryIn(asked.resource),
    outcome,
    errorCode: outcome === 'success' ? undefined : notes.refusal,
    by: asked.by,
    sourceAddress: remoteAddress,
    userAgent,
    requestId,
    ...(asked.isChange && { parameters: notes.parameters, result: notes.result }),
    count: 1,
  }
}

function repositoryIn(arn: string): string | undefined {
  const [service, , , resource] = arn.split(':').slice(2, 6)
  const name =
    service === 'ecr' && resource?.startsWith('repository/') ? resource.slice('repository/'.length) : '*'
  return name === '*' ? undefined : name
}
