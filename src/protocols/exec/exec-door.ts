import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { type BeginCommand, DataChannel } from './data-channel.ts'

/** Bytes of one message of a client. */
const largestMessage = 1024 * 1024
/** Milliseconds in which a channel must be opened. */
const patience = 10_000

/** Takes WebSockets of sessions. */
export function execDoor({
  begin,
  now,
  onError,
}: {
  readonly begin: BeginCommand
  readonly now: () => Date
  readonly onError: (error: unknown) => void
}): (request: IncomingMessage, socket: Duplex, head: Buffer) => void {
  const server = new WebSocketServer({ noServer: true, maxPayload: largestMessage, perMessageDeflate: false })
  return (request, socket, head) =>
    server.handleUpgrade(request, socket, head, (client) => {
      serve(client, new DataChannel(channelOn(client), { begin, now }), onError)
    })
}

function serve(client: WebSocket, channel: DataChannel, onError: (error: unknown) => void): void {
  let turn: Promise<void> = Promise.resolve()
  let isOpened = false
  const hurry = setTimeout(() => client.terminate(), patience)
  client.on('message', (content, isBinary) => {
    const bytes = bytesOf(content)
    const next = isOpened ? () => channel.take(bytes) : () => channel.open(bytes.toString())
    if (!isOpened && isBinary) return client.close(1008)
    clearTimeout(hurry)
    isOpened = true
    turn = turn.then(next).catch((error: unknown) => {
      onError(error)
      client.close(1008)
    })
  })
  client.on('close', () => {
    clearTimeout(hurry)
    void turn.then(() => channel.end())
  })
  client.on('error', () => client.terminate())
}

function channelOn(client: WebSocket) {
  return {
    send: (content: Buffer | string) =>
      new Promise<void>((resolve, reject) =>
        client.send(content, { binary: typeof content !== 'string' }, (error) =>
          error ? reject(error) : resolve(),
        ),
      ),
    close: () => client.close(1000),
  }
}

function bytesOf(content: RawData): Buffer {
  if (Array.isArray(content)) return Buffer.concat(content)
  return Buffer.isBuffer(content) ? content : Buffer.from(content)
}
