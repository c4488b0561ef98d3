import type { ImagePulls } from '../core/events/image-pulled.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { DelayedWrites } from '../stores/metadata/delayed-writes.ts'
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
  readonly #metadata: MetadataStore
  readonly #onError: (error: unknown) => void
  readonly #tell: Tell
  #pending = new Map<string, Pull>()
  readonly #writes: DelayedWrites

  constructor(options: {
    readonly metadata: MetadataStore
    readonly flushEvery: number
    readonly onError: (error: unknown) => void
    /** Tells whoever wants to know of pulls, as they are written. */
    readonly tell?: Tell
  }) {
    this.#metadata = options.metadata
    this.#onError = options.onError
    this.#writes = new DelayedWrites(options.flushEvery, () => this.#write())
    this.#tell = options.tell ?? (async () => undefined)
  }

  /** Notes a pull; costs no input or output. */
  record(repository: RepositoryKey & { readonly id: number }, digest: Digest, at: Date): void {
    this.#keep({ repository, repositoryId: repository.id, digest, at, count: 1 })
    this.#writes.ask()
  }

  /** Writes what has been recorded so far; resolves when it is stored, or kept for the next time. */
  flush(): Promise<void> {
    return this.#writes.flush()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.flush()
  }

  async #write(): Promise<void> {
    const batch = this.#pending
    if (batch.size === 0) return
    this.#pending = new Map()
    try {
      const pulls = [...batch.values()]
      await this.#metadata.write(async (tx) => {
        await tx.images.recordPulls(pulls)
        await this.#tell(tx, pulls)
      })
    } catch (error) {
      this.#onError(error)
      for (const pull of batch.values()) this.#keep(pull)
    }
  }

  #keep(pull: Pull): void {
    const key = `${pull.repositoryId}/${pull.digest}`
    const known = this.#pending.get(key)
    if (known === undefined && this.#pending.size >= maxImages) return
    const latest = known === undefined || known.at <= pull.at ? pull : known
    this.#pending.set(key, { ...latest, count: pull.count + (known?.count ?? 0) })
  }
}
