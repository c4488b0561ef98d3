import type { Result } from './result.ts'
import type { Scratch } from './scratch.ts'

/** What every row is given to work with. */
export interface Bench {
  readonly rounds: number
  /** Short windows and small sizes: to see that everything runs, not to quote. */
  readonly quick: boolean
  readonly scratch: Scratch
  /** Tells the person who waits what is happening. */
  readonly say: (line: string) => void
}

/** One thing that is measured: it starts its own servers, and checks that they answer rightly before it times them. */
export interface Row {
  /** For `--rows`. */
  readonly name: string
  readonly about: string
  readonly run: (bench: Bench) => Promise<readonly Result[]>
}
