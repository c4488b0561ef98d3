import type { IncomingMessage } from 'node:http'

/**
 * Throws away what is left of a request's body, so that a client that reads only after it has written everything sees the
 * answer. Resolves when the body has ended or the client has gone; a body longer than `lingerMs` is cut.
 */
export function discardBody(message: IncomingMessage, lingerMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => message.destroy(), lingerMs)
    const done = (): void => {
      clearTimeout(cut)
      resolve()
    }
    if (message.readableEnded || message.destroyed) return done()
    message.once('end', done).once('close', done).resume()
  })
}
