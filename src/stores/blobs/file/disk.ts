import { type DiskOperations, type Syncable, systemOperations } from './disk-operations.ts'

/** Files made durable at a time: each holds one of Node's four file threads until the disk is done with it. */
const syncsAtOnce = 2

/** The disk could not keep what it was given. Linux then drops the bytes: trying once more would seem to work. */
export class SyncFailedError extends Error {
  override readonly name = 'SyncFailedError'
  constructor(options: ErrorOptions) {
    super('The disk could not keep the bytes it was given', options)
  }
}

/** Gets files onto the disk, without letting everybody else's reads and writes wait for it. */
export class Disk {
  readonly operations: DiskOperations
  #syncing = 0
  #syncsEarly = false
  readonly #line: (() => void)[] = []

  constructor(operations = systemOperations) {
    this.operations = operations
  }

  /** Makes a file's bytes survive the loss of power. @throws SyncFailedError */
  async sync(file: Syncable): Promise<void> {
    using _turn = await this.#takeTurn()
    await this.#syncNow(file)
  }

  /**
   * Has the disk begin with a file that is still growing, so that little is left for `sync`. Undefined when it is busy
   * with another one.
   */
  syncEarly(file: Syncable): Promise<void> | undefined {
    if (this.#syncsEarly) return undefined
    this.#syncsEarly = true
    return this.#syncNow(file).finally(() => {
      this.#syncsEarly = false
    })
  }

  async #syncNow(file: Syncable): Promise<void> {
    try {
      await this.operations.sync(file)
    } catch (cause) {
      throw new SyncFailedError({ cause })
    }
  }

  async #takeTurn(): Promise<Disposable> {
    if (this.#syncing < syncsAtOnce) this.#syncing += 1
    else await new Promise<void>((resolve) => this.#line.push(resolve))
    return { [Symbol.dispose]: () => this.#passTurnOn() }
  }

  #passTurnOn(): void {
    const next = this.#line.shift()
    if (next) next()
    else this.#syncing -= 1
  }
}
