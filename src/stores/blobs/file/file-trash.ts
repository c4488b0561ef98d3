import type { Digest } from '../../../core/names/digest.ts'
import type { BlobTrash } from '../blob-store.ts'
import type { BlobLayout } from './blob-layout.ts'
import type { DiskOperations } from './disk-operations.ts'
import { isNotFound } from './file-errors.ts'
import { namesIn } from './names-in.ts'
import { sizeOfFile } from './publish-blob.ts'

/** Blobs on their way out, in a folder beside the others: to rename a file takes no longer for a large one. */
export class FileTrash implements BlobTrash {
  readonly #layout: BlobLayout
  readonly #operations: DiskOperations
  readonly #onGone: (digest: Digest) => void

  constructor(layout: BlobLayout, operations: DiskOperations, onGone: (digest: Digest) => void) {
    this.#operations = operations
    this.#layout = layout
    this.#onGone = onGone
  }

  async put(digest: Digest): Promise<void> {
    await this.#renameIfThere(this.#layout.blob(digest), this.#layout.trashed(digest))
    this.#onGone(digest)
  }

  async restore(digest: Digest): Promise<void> {
    const place = this.#layout.blob(digest)
    if ((await sizeOfFile(place)) === undefined)
      await this.#renameIfThere(this.#layout.trashed(digest), place)
    else await this.remove(digest)
  }

  async remove(digest: Digest): Promise<void> {
    await this.#operations.remove(this.#layout.trashed(digest))
  }

  async *list(): AsyncGenerator<readonly Digest[], void, undefined> {
    for await (const names of namesIn(this.#layout.trash)) {
      yield names.flatMap((name) => this.#layout.digestOfTrashed(name) ?? [])
    }
  }

  async #renameIfThere(from: string, to: string): Promise<void> {
    try {
      await this.#operations.rename(from, to)
    } catch (error) {
      if (!isNotFound(error)) throw error
    }
  }
}
