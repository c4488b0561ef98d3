import type { Messaging } from '../messaging.ts'

/** The job that does it. */
export const forgetQueueMessagesJob = { kind: 'forget-queue-messages', key: '' } as const

const forgottenAtOnce = 1_000

/** Deletes messages whose time is over, or whose queue is deleted, in short transactions. @throws the signal's reason */
export async function forgetQueueMessages(
  { metadata, now }: Pick<Messaging, 'metadata' | 'now'>,
  signal: AbortSignal,
): Promise<void> {
  let forgotten = 0
  do {
    signal.throwIfAborted()
    forgotten = await metadata.write((tx) => tx.queues.forget(now(), forgottenAtOnce))
  } while (forgotten > 0)
}
