import type { Logs } from './logs.ts'

/** The job that does it. */
export const forgetJob = { kind: 'forget-log-events', key: '' } as const

const forgottenAtOnce = 1_000

/**
 * Deletes events that their groups keep no longer, and those of deleted groups and streams, in transactions so short that others hardly
 * wait.
 *
 * @throws the signal's reason
 */
export async function forgetLogEvents({ metadata, now }: Logs, signal: AbortSignal): Promise<void> {
  let forgotten = 0
  do {
    signal.throwIfAborted()
    forgotten = await metadata.write((tx) => tx.logs.forget(now(), forgottenAtOnce))
  } while (forgotten > 0)
}
