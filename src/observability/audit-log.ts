import type { ExchangeObserver, FinishedExchange } from './finished-exchange.ts'
import { jsonLine } from './json-line.ts'
import type { LogOutput } from './log-output.ts'

/**
 * Writes a JSON object on a line of its own for everything that a request changed or was kept from changing: who, what, to
 * which resource, from where, and how it ended. Lines go out before the next request of that client can be answered, and none
 * is left out.
 *
 * @see AWS CloudTrail user guide, "CloudTrail record contents", whose names the parameters and results have
 */
export function auditLog(output: LogOutput, now: () => Date): ExchangeObserver {
  return (exchange) => {
    for (const change of exchange.notes.changes) output.write(jsonLine(auditRecord(exchange, change, now())))
  }
}

function auditRecord(
  exchange: FinishedExchange,
  { action, resource }: FinishedExchange['notes']['changes'][number],
  time: Date,
): object {
  const { requestId, remoteAddress, userAgent, status, notes } = exchange
  return {
    log: 'audit',
    time: time.toISOString(),
    requestId,
    principal: notes.caller,
    action,
    resource,
    outcome: outcomeOf(exchange),
    status,
    sourceAddress: remoteAddress,
    userAgent,
    parameters: notes.parameters,
    result: notes.result,
  }
}

/** `success`, or the code of the error that the client was given. A change that failed on this side may have been made. */
function outcomeOf({ status, notes }: FinishedExchange): string {
  if (status < 400) return 'success'
  return notes.refusal ?? `status ${status}`
}
