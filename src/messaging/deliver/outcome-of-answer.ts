import type { OutboundResponse } from '../../outbound/outbound-request.ts'
import type { Outcome } from './outcome.ts'

/** Of what says that the request is wrong, these may pass: time-outs and too many requests. */
const passing: readonly number[] = [408, 429]

/** What an HTTP answer means: taken, refused for good, or to be tried again, by the server's own `Retry-After` at the earliest. */
export function outcomeOfAnswer({ status, headers }: Pick<OutboundResponse, 'status' | 'headers'>): Outcome {
  const answer = `HTTP ${status}`
  if (status >= 200 && status < 300) return { kind: 'delivered', answer }
  if (status < 500 && !passing.includes(status)) return { kind: 'refused', answer }
  return { kind: 'failed', answer, retryAfterMs: retryAfter(headers['retry-after']) }
}

/** In seconds; dates are left to the server's patience. */
function retryAfter(value: string | undefined): number | undefined {
  return value !== undefined && /^\d{1,6}$/.test(value) ? Number(value) * 1000 : undefined
}
