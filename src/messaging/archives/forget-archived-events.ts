import { forgetAll } from '../../stores/metadata/forget-all.ts'
import type { Messaging } from '../messaging.ts'

/** The job that does it. */
export const forgetArchivedJob = { kind: 'forget-archived-events', key: '' } as const

/** Deletes events whose archives keep them no longer, or are deleted, in short transactions. @throws the signal's reason */
export async function forgetArchivedEvents(
  { metadata, now }: Pick<Messaging, 'metadata' | 'now'>,
  signal: AbortSignal,
): Promise<void> {
  await forgetAll(metadata, signal, (tx, most) => tx.archives.forgetArchived(now(), most))
}
