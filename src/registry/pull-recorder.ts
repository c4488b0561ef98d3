import type { ImagePulls } from '../core/events/image-pulled.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { DelayedBatch } from '../stores/metadata/delayed-batch.ts'
import type { MetadataStore, MetadataTransaction } from '../stores/metadata/metadata-store.ts'

/** Images one batch may hold. */
const maxImages = 20_000

interface Pull extends ImagePulls {
  readonly repositoryId: number
  /** The latest. */
  readonly at: Date
}

type Tell = (tx: MetadataTransaction, pulls: readonly ImagePulls[]) => Promise<void>

/**
 * Gathers the latest pull of each image in memory and writes them in one batch `flushEvery` ms after the first, and
 * on dispose. When a batch can't be written, `onError` hears of it and it goes with the next one. A batch holds up to
 * 20,000 images; pulls of further ones are not counted, so that memory is bounded whatever happens.
 */
export class PullRecorder implements AsyncDisposable {
  readonly #batch: DelayedBatch<Pull>

  constructor(options: {
    readonly metadata: MetadataStore
    readonly flushEvery: number
    readonly onError: (error: unknown) => void
    /** Tells whoever wants to know of pulls, as they are written. */
    readonly tell?: Tell
  }) {
    const { metadata, flushEvery: delay, onError, tell } = options
    this.#batch = new DelayedBatch<Pull>({
      metadata,
      delay,
      most: maxImages,
      merge: latestOf,
      onError,
      async write(tx, batch) {
        const pulls = [...batch.values()]
        await tx.images.recordPulls(pulls)
        await tell?.(tx, pulls)
      },
    })
  }

  /** Notes a pull; costs no input or output. */
  record(repository: RepositoryKey & { readonly id: number }, digest: Digest, at: Date): void {
    const { id: repositoryId } = repository
    this.#batch.add(`${repositoryId}/${digest}`, { repository, repositoryId, digest, at, count: 1 })
  }

  /** Writes what has been recorded so far; resolves when it is stored, or kept for the next time. */
  flush(): Promise<void> {
    return this.#batch.flush()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.flush()
  }
}

function latestOf(earlier: Pull, later: Pull): Pull {
  return { ...(earlier.at <= later.at ? later : earlier), count: earlier.count + later.count }
}
