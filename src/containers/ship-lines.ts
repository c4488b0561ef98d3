import { bytesOfMessage, mostAtOnce } from '../logs/append-log-events.ts'
import type { LogLine } from './engine.ts'

/** Lines that are put at once, at the most. */
const mostLines = 1_000
/** Milliseconds that a line waits for others. */
const longestWait = 1_000

/**
 * Hands lines on in batches, none later than a second after its first line, one batch after another. Each is what one transaction takes.
 *
 * @param put whatever it rejects with ends all
 */
export async function shipLines(
  lines: AsyncIterable<LogLine>,
  put: (batch: readonly LogLine[]) => Promise<void>,
  onFailure: () => void,
): Promise<void> {
  let batch: LogLine[] = []
  let bytes = 0
  let puts = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const flush = (): Promise<void> => {
    clearTimeout(timer)
    timer = undefined
    const full = batch
    batch = []
    bytes = 0
    if (full.length > 0) puts = puts.then(() => put(full))
    return puts
  }
  try {
    for await (const line of lines) {
      const size = bytesOfMessage(line.message)
      if (bytes + size > mostAtOnce.bytes) await flush()
      batch.push(line)
      bytes += size
      timer ??= setTimeout(() => void flush().catch(onFailure), longestWait)
      if (batch.length >= mostLines) await flush()
    }
  } catch (error) {
    clearTimeout(timer)
    // What could not be put is why the lines ended, if that is so.
    await puts
    throw error
  }
  await flush()
}
