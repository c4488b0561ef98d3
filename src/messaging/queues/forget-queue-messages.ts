import { forgetAll } from '../../stores/metadata/forget-all.ts'
import type { Messaging } from '../messaging.ts'

/** The job that does it. */
export const forgetQueueMessagesJob = { kind: 'forget-queue-messages', key: '' } as const

/** Deletes messages whose time is over, or whose queue is deleted, in short transactions. @throws the signal's reason */
export async function forgetQueueMessages(
  { metadata, now }: Pick<Messaging, 'metadata' | 'now'>,
  signal: AbortSignal,
): Promise<void> {
  await forgetAll(metadata, signal, (tx, most) => tx.queues.forget(now(), most))
}
