import type { DiskOperations } from '../../../src/stores/blobs/file/disk-operations.ts'
import { systemOperations } from '../../../src/stores/blobs/file/disk-operations.ts'
import type { MetadataStore } from '../../../src/stores/metadata/metadata-store.ts'
import type { Deed, Fault } from './fault.ts'

/** Counts the deeds of this process, and kills it or fails one when its time has come. */
export class BreakingPoint {
  #fault: Fault | undefined
  #passages = 0
  readonly #onFailed: (deed: Deed) => void

  /** @param onFailed told of each deed that it makes fail */
  constructor(onFailed: (deed: Deed) => void) {
    this.#onFailed = onFailed
  }

  arm(fault: Fault | undefined): void {
    this.#fault = fault
    this.#passages = 0
  }

  /** Does a deed, unless the fault comes before. */
  async pass<Result>(deed: Deed, act: () => Promise<Result>): Promise<Result> {
    const fault = this.#comesNow(deed) ? this.#fault : undefined
    if (fault?.kind === 'fail') {
      this.#onFailed(deed)
      throw Object.assign(new Error('EIO: the disk is broken'), { code: 'EIO' })
    }
    if (fault?.when === 'before') die()
    const result = await act()
    if (fault?.when === 'after') die()
    return result
  }

  /** Ends the process before the transaction that is at its end commits, or after it has and before anyone hears of it. */
  breaking(metadata: MetadataStore): MetadataStore {
    return {
      ...metadata,
      write: (work) => {
        let dies: 'before' | 'after' | undefined
        const last: typeof work = async (tx) => {
          const result = await work(tx)
          if (this.#comesNow('commit') && this.#fault?.kind === 'kill') dies = this.#fault.when
          if (dies === 'before') die()
          return result
        }
        return metadata.write(last).then((result) => {
          if (dies === 'after') die()
          return result
        })
      },
      [Symbol.asyncDispose]: () => metadata[Symbol.asyncDispose](),
    }
  }

  #comesNow(deed: Deed): boolean {
    if (deed !== this.#fault?.deed) return false
    this.#passages += 1
    return this.#passages === this.#fault.passage
  }
}

/** The system's operations on a disk, each a place where the process may break. */
export function breakingOperations(point: BreakingPoint): DiskOperations {
  return {
    sync: (file) => point.pass('sync', () => systemOperations.sync(file)),
    syncFolder: (path) => point.pass('folder sync', () => systemOperations.syncFolder(path)),
    rename: (from, to) => point.pass('rename', () => systemOperations.rename(from, to)),
    remove: (path) => point.pass('remove', () => systemOperations.remove(path)),
  }
}

/** As a power cut: nothing of this process runs any more, other threads included. */
function die(): never {
  process.kill(process.pid, 'SIGKILL')
  throw new Error('The process outlives its end')
}
