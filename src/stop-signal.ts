import type { EventEmitter } from 'node:events'

/** Ctrl-C, a service manager, a closed terminal. */
const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Signals closer than this to the first, in milliseconds, are the same wish: npm passes on a Ctrl-C that we got as well. */
const oneWish = 1000

/**
 * Resolves when the process is told to stop. When it is told again, because stopping takes too long for someone, `stopAtOnce`
 * is called.
 */
export function stopSignal(options: {
  readonly process: Pick<EventEmitter, 'on'>
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number
  readonly stopAtOnce: () => void
}): Promise<void> {
  let firstAt: number | undefined
  return new Promise((resolve) => {
    const heed = () => {
      firstAt ??= options.now()
      if (options.now() - firstAt >= oneWish) options.stopAtOnce()
      resolve()
    }
    for (const signal of stopSignals) options.process.on(signal, heed)
  })
}
