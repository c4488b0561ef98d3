import { pino } from 'pino'
import type { LogOutput } from './log-output.ts'

const mostWaitingBytes = 16 * 1024 * 1024

/** Lines on their way to a file descriptor, such as standard output. */
export interface LineOutput extends LogOutput, Disposable {
  readonly isTTY: boolean
}

/**
 * Writes lines without ever making a request wait: what the reader doesn't take yet is kept, up to 16 MiB, after which lines are
 * lost and `onLost` is told, once for each. Disposing writes what waits.
 */
export function lineOutput(
  fd: number,
  options: { readonly isTTY: boolean; readonly onLost: () => void },
): LineOutput {
  const destination = pino.destination({ fd, sync: false, maxLength: mostWaitingBytes })
  destination.on('drop', options.onLost)
  destination.on('error', options.onLost)
  return {
    isTTY: options.isTTY,
    write: (text) => destination.write(text),
    [Symbol.dispose]: () => destination.flushSync(),
  }
}
