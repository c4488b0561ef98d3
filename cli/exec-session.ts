import { once } from 'node:events'
import {
  type AgentMessage,
  acknowledgement,
  newMessage,
  payloadTypes,
  readMessage,
  writeMessage,
} from '../src/protocols/exec/agent-message.ts'
import { ownClient } from '../src/protocols/exec/data-channel.ts'
import { CliError } from './cli-error.ts'
import type { ExecAnswer } from './ecs-client.ts'

/** The terminal that a session is shown on. */
export interface Terminal {
  readonly input: NodeJS.ReadStream
  readonly output: NodeJS.WriteStream
}

/**
 * Shows a command that runs in a container on a terminal, and sends it what is typed, until it ends. Resolves to its exit code.
 *
 * @throws CliError when the connection breaks, or the session isn't there
 */
export async function showSession({ session }: ExecAnswer, terminal: Terminal): Promise<number> {
  const socket = new WebSocket(session.streamUrl)
  socket.binaryType = 'arraybuffer'
  await Promise.race([
    once(socket, 'open'),
    once(socket, 'error').then(() => {
      throw new CliError(`No session can be opened at ${session.streamUrl}.`)
    }),
  ])
  const id = crypto.randomUUID()
  const opening = { MessageSchemaVersion: '1.0', RequestId: id, ClientId: id, ClientVersion: ownClient }
  socket.send(JSON.stringify({ ...opening, TokenValue: session.tokenValue }))
  using keyboard = new Keyboard(socket, terminal)
  return await new Promise<number>((resolve, reject) => {
    let code: number | undefined
    socket.onmessage = ({ data }: MessageEvent) => {
      const message = readMessage(Buffer.from(data))
      if (message.type === 'channel_closed') {
        if (code === undefined) reject(new CliError(closingText(message)))
        else resolve(code)
        socket.close()
      }
      if (message.type !== 'output_stream_data') return
      socket.send(writeMessage(acknowledgement(message), new Date()))
      if (message.payloadType === payloadTypes.handshakeRequest) keyboard.shakeHands()
      if (message.payloadType === payloadTypes.output) terminal.output.write(message.payload)
      if (message.payloadType === payloadTypes.exitCode) code = Number(message.payload.toString() || 1)
    }
    socket.onclose = () => reject(new CliError('The connection to the container was lost.'))
  })
}

function closingText({ payload }: AgentMessage): string {
  const told: unknown = JSON.parse(payload.toString())
  const text: unknown = typeof told === 'object' && told !== null ? Reflect.get(told, 'Output') : undefined
  return typeof text === 'string' && text !== '' ? text : 'The session has ended.'
}

/** What is typed, on its way to a container, and the size of the window. */
class Keyboard implements Disposable {
  readonly #socket: WebSocket
  readonly #terminal: Terminal
  #sequence = 0
  readonly #onData = (typed: Buffer) => this.#send(payloadTypes.output, typed)
  readonly #onResize = () => this.#tellSize()

  constructor(socket: WebSocket, terminal: Terminal) {
    this.#socket = socket
    this.#terminal = terminal
  }

  shakeHands(): void {
    const { input, output } = this.#terminal
    const action = { ActionType: 'SessionType', ActionStatus: 1, ActionResult: null, Error: '' }
    const response = { ClientVersion: ownClient, ProcessedClientActions: [action], Errors: [] }
    this.#send(payloadTypes.handshakeResponse, Buffer.from(JSON.stringify(response)))
    this.#tellSize()
    if (input.isTTY) input.setRawMode(true)
    input.on('data', this.#onData)
    // The end of what is piped in is what a terminal calls end of transmission.
    if (!input.isTTY) input.once('end', () => this.#send(payloadTypes.output, Buffer.from([4])))
    output.on('resize', this.#onResize)
  }

  #tellSize(): void {
    const { columns: cols, rows } = this.#terminal.output
    if (!cols || !rows) return
    this.#send(payloadTypes.size, Buffer.from(JSON.stringify({ cols, rows })))
  }

  #send(payloadType: number, payload: Buffer): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    const message = newMessage({ type: 'input_stream_data', sequence: this.#sequence, payloadType, payload })
    this.#sequence += 1
    this.#socket.send(writeMessage(message, new Date()))
  }

  [Symbol.dispose](): void {
    const { input, output } = this.#terminal
    input.off('data', this.#onData)
    output.off('resize', this.#onResize)
    if (input.isTTY) input.setRawMode(false)
    input.unref?.()
    input.pause()
  }
}
