import { formatBytes } from './format.ts'

const barLength = 30
/** Milliseconds between two lines, on a terminal and elsewhere. */
const shownEvery = { terminal: 100, elsewhere: 10_000 }

/** Tells how far long work is: a bar that is drawn over on a terminal, a plain line now and then elsewhere. */
export class ProgressLine implements Disposable {
  readonly #output: NodeJS.WriteStream
  #shownAt = 0

  constructor(output: NodeJS.WriteStream) {
    this.#output = output
  }

  /** @param amount bytes @param text what stands behind the bar */
  show({ done, of }: { readonly done: number; readonly of: number }, text: string): void {
    const now = performance.now()
    const pause = this.#output.isTTY ? shownEvery.terminal : shownEvery.elsewhere
    if (now - this.#shownAt < pause && done < of) return
    this.#shownAt = now
    const part = of === 0 ? 1 : Math.min(1, done / of)
    const facts = `${Math.floor(part * 100)} %, ${formatBytes(done)} of ${formatBytes(of)}, ${text}`
    const bar = '#'.repeat(Math.round(part * barLength)).padEnd(barLength, '.')
    this.#output.write(this.#output.isTTY ? `\r\u001b[K[${bar}] ${facts}` : `${facts}\n`)
  }

  [Symbol.dispose](): void {
    if (this.#output.isTTY && this.#shownAt > 0) this.#output.write('\n')
  }
}
