import type { AccessLogFormat } from '../config/access-log-format.ts'
import type { ExchangeObserver, FinishedExchange } from './finished-exchange.ts'
import { jsonLine } from './json-line.ts'
import type { LogOutput } from './log-output.ts'

/** Writes a line for each request when it is over. Queries and headers that may hold secrets are never in it. */
export function accessLog(
  format: Exclude<AccessLogFormat, 'off'>,
  output: LogOutput,
  now: () => Date,
): ExchangeObserver {
  const lineOf = format === 'json' ? jsonAccessLine : combinedLine
  return (exchange) => void output.write(lineOf(exchange, now()))
}

function jsonAccessLine(exchange: FinishedExchange, time: Date): string {
  const { notes, path, complete, durationMs, ...facts } = exchange
  return jsonLine({
    log: 'access',
    time: time.toISOString(),
    ...facts,
    path: shortened(path),
    route: notes.route,
    error: notes.refusal,
    ...(complete ? {} : { aborted: true }),
    durationMs: Math.round(durationMs * 1000) / 1000,
    principal: notes.caller,
  })
}

/** @see Apache HTTP Server, "Log Files", Combined Log Format */
function combinedLine(exchange: FinishedExchange, time: Date): string {
  const { remoteAddress, notes, method, path, status, bytesOut, userAgent } = exchange
  const request = `${method} ${shortened(path)} HTTP/1.1`
  return `${quotable(remoteAddress)} - ${quotable(notes.caller ?? '-')} [${clfTime(time)}] "${quotable(request)}" ${status} ${bytesOut} "-" "${quotable(userAgent ?? '-')}"\n`
}

/** Escapes as Apache does: quotes and backslashes by a backslash, whatever isn't printable ASCII by its code. */
function quotable(text: string): string {
  return text
    .replaceAll(/["\\]/g, '\\$&')
    .replaceAll(/[^ -~]/g, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/** `10/Oct/2026:13:55:36 +0000` */
function clfTime(time: Date): string {
  const [, day, month, year, clock] = time.toUTCString().split(/,? /)
  return `${day}/${month}/${year}:${clock} +0000`
}

/** A path is as long as a client likes. */
function shortened(path: string): string {
  return path.length <= longestPath ? path : `${path.slice(0, longestPath)}...`
}

const longestPath = 1024
