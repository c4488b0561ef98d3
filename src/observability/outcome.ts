import type { FinishedExchange } from './finished-exchange.ts'

/** How a request ended: well, refused (4xx), failed on this side (5xx), or with its client gone before it had its answer. */
export type Outcome = 'ok' | 'refused' | 'failed' | 'aborted'

export function outcomeOf({ status, complete }: Pick<FinishedExchange, 'status' | 'complete'>): Outcome {
  if (!complete) return 'aborted'
  if (status >= 500) return 'failed'
  return status >= 400 ? 'refused' : 'ok'
}
