import type { PreviewResult } from '../../stores/metadata/lifecycle.ts'
import type { Registry } from '../registry.ts'

const resultsInChunk = 500
/** Each transaction waits for the disk once. */
const chunksAtOnce = 8

/** Writes the results of one run of a preview, in pieces that neither memory nor other writers feel, while the next are looked for. */
export class PreviewWriter {
  readonly #registry: Registry
  readonly #repositoryId: number
  readonly #run: number
  #waiting: PreviewResult[] = []
  #place = 0
  #expiring = 0
  #archiving = 0
  #writing: Promise<void> = Promise.resolve()

  constructor(registry: Registry, repositoryId: number, run: number) {
    this.#registry = registry
    this.#repositoryId = repositoryId
    this.#run = run
  }

  /** How many results of each kind there were. */
  get counts(): { readonly expiring: number; readonly archiving: number } {
    return { expiring: this.#expiring, archiving: this.#archiving }
  }

  /** Newest first, over all calls. Waits until what was added before is written, so that no more than two pieces are held. */
  async add(results: readonly PreviewResult[]): Promise<void> {
    this.#waiting.push(...results)
    for (const { action } of results) {
      if (action === 'expire') this.#expiring += 1
      else this.#archiving += 1
    }
    if (this.#waiting.length < resultsInChunk * chunksAtOnce) return
    await this.#writing
    this.#writing = this.#write()
    this.#writing.catch(() => undefined)
  }

  /** Resolves when all is written. */
  async flush(): Promise<void> {
    await this.#writing
    await this.#write()
  }

  async #write(): Promise<void> {
    const results = this.#waiting
    this.#waiting = []
    const first = this.#place
    const chunks = Array.from({ length: Math.ceil(results.length / resultsInChunk) }, (_, index) => ({
      place: first + index,
      results: results.slice(index * resultsInChunk, (index + 1) * resultsInChunk),
    }))
    this.#place += chunks.length
    await this.#registry.metadata.write(async (tx) => {
      for (const chunk of chunks) await tx.lifecycle.addPreviewChunk(this.#repositoryId, this.#run, chunk)
    })
  }
}
