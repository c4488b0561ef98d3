import type { Occurrence } from '../../core/events/event.ts'
import type { PreviewResult } from '../../stores/metadata/lifecycle.ts'
import { type PackedResults, packResults, unpackResults } from '../../stores/metadata/packed-results.ts'
import { emitEvents } from '../emit-events.ts'
import type { Registry } from '../registry.ts'

const resultsInChunk = 500
/** Each transaction waits for the disk once. */
const chunksAtOnce = 8

/** What is told of results. */
type ResultsTold = (results: readonly PreviewResult[]) => readonly Occurrence[]

/** Writes the results of one run of a preview, in pieces that neither memory nor other writers feel, while the next are looked for. */
export class PreviewWriter {
  readonly #registry: Registry
  readonly #repositoryId: number
  readonly #run: number
  readonly #tell: ResultsTold | undefined
  #results: PreviewResult[] = []
  #waiting: PackedResults[] = []
  #place = 0
  #expiring = 0
  #archiving = 0
  #writing: Promise<void> = Promise.resolve()

  /** @param tell of results, in the transaction that writes them; undefined where nobody wants to hear of them */
  constructor(
    registry: Registry,
    { repositoryId, run, tell }: { repositoryId: number; run: number; tell: ResultsTold | undefined },
  ) {
    this.#registry = registry
    this.#repositoryId = repositoryId
    this.#run = run
    this.#tell = tell
  }

  /** How many results of each kind there were. */
  get counts(): { readonly expiring: number; readonly archiving: number } {
    return { expiring: this.#expiring, archiving: this.#archiving }
  }

  /** The next result, newest first. */
  add(result: PreviewResult): void {
    if (result.action === 'expire') this.#expiring += 1
    else this.#archiving += 1
    if (this.#results.push(result) === resultsInChunk) this.#pack()
  }

  /** Call it now and then: it waits until what was written before is stored, so that no more than two pieces are held. */
  async keepUp(): Promise<void> {
    if (this.#waiting.length < chunksAtOnce) return
    await this.#writing
    this.#writing = this.#write()
    this.#writing.catch(() => undefined)
  }

  /** Resolves when all is written. */
  async flush(): Promise<void> {
    this.#pack()
    await this.#writing
    await this.#write()
  }

  #pack(): void {
    if (this.#results.length > 0) this.#waiting.push(packResults(this.#results))
    this.#results = []
  }

  async #write(): Promise<void> {
    const chunks = this.#waiting
    const first = this.#place
    this.#waiting = []
    this.#place += chunks.length
    await this.#registry.metadata.write(async (tx) => {
      for (const [at, results] of chunks.entries()) {
        await tx.lifecycle.addPreviewChunk(this.#repositoryId, this.#run, { place: first + at, results })
        if (this.#tell) await emitEvents(tx, this.#registry, this.#tell(unpackResults(results.text)))
      }
    })
  }
}
