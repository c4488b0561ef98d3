import { forgetAll } from '../stores/metadata/forget-all.ts'
import type { Logs } from './logs.ts'

/** The job that does it. */
export const forgetJob = { kind: 'forget-log-events', key: '' } as const

/**
 * Deletes events that their groups keep no longer, and those of deleted groups and streams, in transactions so short that others hardly
 * wait.
 *
 * @throws the signal's reason
 */
export async function forgetLogEvents({ metadata, now }: Logs, signal: AbortSignal): Promise<void> {
  await forgetAll(metadata, signal, (tx, most) => tx.logs.forget(now(), most))
}
