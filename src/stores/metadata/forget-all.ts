import type { MetadataStore, MetadataTransaction } from './metadata-store.ts'

const forgottenAtOnce = 1_000

/**
 * Has rows forgotten until none is left to forget, in transactions so short that others hardly wait.
 *
 * @param forgetSome forgets up to `most` rows; resolves to how many those were
 * @throws the signal's reason
 */
export async function forgetAll(
  metadata: MetadataStore,
  signal: AbortSignal,
  forgetSome: (tx: MetadataTransaction, most: number) => Promise<number>,
): Promise<void> {
  let forgotten = 0
  do {
    signal.throwIfAborted()
    forgotten = await metadata.write((tx) => forgetSome(tx, forgottenAtOnce))
  } while (forgotten > 0)
}
