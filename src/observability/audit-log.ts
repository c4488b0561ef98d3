import type { Asked } from './exchange-notes.ts'
import type { ExchangeObserver, FinishedExchange } from './finished-exchange.ts'
import { jsonLine } from './json-line.ts'
import type { LogOutput } from './log-output.ts'

/**
 * Writes a line for everything that a request changed or was kept from changing: who, what, to which resource, from where, and
 * how it ended. It is a JSON object; a person at a terminal gets the gist.
 *
 * @see AWS CloudTrail user guide, "CloudTrail record contents", whose names the parameters and results have
 */
export function auditLog(output: LogOutput, now: () => Date): ExchangeObserver {
  const lineOf = output.isTTY ? gistLine : recordLine
  return (exchange) => {
    for (const asked of exchange.notes.asked) if (asked.isChange) output.write(lineOf(exchange, asked, now()))
  }
}

function gistLine(exchange: FinishedExchange, { action, resource }: Asked, time: Date): string {
  const gist = `${action} ${outcomeOf(exchange)} ${JSON.stringify(resource)}`
  return `${time.toISOString().slice(11, 19)} audit ${gist}\n`
}

function recordLine(exchange: FinishedExchange, change: Asked, time: Date): string {
  return jsonLine(auditRecord(exchange, change, time))
}

function auditRecord(exchange: FinishedExchange, { action, resource }: Asked, time: Date): object {
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

/**
 * `success`, or the code of the error that the client was given. What failed on this side (a status of 500 or more) may have
 * been done nevertheless.
 */
function outcomeOf({ status, notes }: FinishedExchange): string {
  if (status < 400) return 'success'
  return notes.refusal ?? `status ${status}`
}
