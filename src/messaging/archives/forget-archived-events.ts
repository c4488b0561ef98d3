import type { Messaging } from '../messaging.ts'

/** The job that does it. */
export const forgetArchivedJob = { kind: 'forget-archived-events', key: '' } as const

const forgottenAtOnce = 1_000

/** Deletes events whose archives keep them no longer, or are deleted, in short transactions. @throws the signal's reason */
export async function forgetArchivedEvents(
  { metadata, now }: Pick<Messaging, 'metadata' | 'now'>,
  signal: AbortSignal,
): Promise<void> {
  let forgotten = 0
  do {
    signal.throwIfAborted()
    forgotten = await metadata.write((tx) => tx.archives.forgetArchived(now(), forgottenAtOnce))
  } while (forgotten > 0)
}
