import type { FileHandle } from 'node:fs/promises'
import type { Disk } from './disk.ts'

/** Bytes that may gather before the disk is sent to work: enough for it to write in one go. */
const syncEvery = 16 * 1024 * 1024

/** Keeps the disk at work on one file while more of it arrives. */
export class EarlySync {
  readonly #file: FileHandle
  readonly #disk: Disk
  #begunAt: number
  #syncing: Promise<void> | undefined

  constructor(file: FileHandle, options: { readonly disk: Disk; readonly position: number }) {
    this.#file = file
    this.#disk = options.disk
    this.#begunAt = options.position
  }

  /** Told how far the file has grown. */
  reached(position: number): void {
    if (position - this.#begunAt < syncEvery) return
    const syncing = this.#disk.syncEarly(this.#file)
    if (!syncing) return
    this.#begunAt = position
    this.#syncing = Promise.all([this.#syncing, syncing]).then(() => {})
    // `settled` passes the error on; until it is asked nobody does.
    this.#syncing.catch(() => {})
  }

  /** Waits for what is under way. @throws SyncFailedError when any of it failed */
  async settled(): Promise<void> {
    await this.#syncing
  }
}
