import { once } from 'node:events'
import { createServer } from 'node:net'

/** A port that was free a moment ago, for a server that can't choose one and tell. */
export async function freePort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1')
  await once(listener, 'listening')
  const address = listener.address()
  listener.close()
  await once(listener, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no free port')
  return address.port
}
