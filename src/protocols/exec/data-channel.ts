import { z } from 'zod'
import {
  type AgentMessage,
  acknowledgement,
  newMessage,
  payloadTypes,
  readMessage,
  writeMessage,
} from './agent-message.ts'

/** A command that runs in a container. */
export interface RunningCommand {
  /** What it says, until it ends. */
  readonly output: AsyncIterable<Buffer>
  write(input: Buffer): void
  resize(size: { readonly cols: number; readonly rows: number }): Promise<void>
  /** Ends what can be ended of it. */
  close(): void
  /** Known once its output has ended; undefined when the engine doesn't tell. */
  exitCode(): Promise<number | undefined>
}

/** Begins what a token allows. Undefined for a token that allows nothing, the reason where it can't be done. */
export type BeginCommand = (
  token: string,
) => Promise<RunningCommand | { readonly refusal: string } | undefined>

/** One end of a WebSocket. */
export interface ChannelSocket {
  /** Resolves when it was taken. */
  send(content: Buffer | string): Promise<void>
  close(): void
}

const opening = z.object({ TokenValue: z.string(), ClientVersion: z.string().optional() })
const windowSize = z.object({ cols: z.int().min(1).max(10_000), rows: z.int().min(1).max(10_000) })

/** A flag by which a client ends its session. */
const terminate = 2
/** Bytes of output in one message. */
const largestPayload = 16 * 1024
/** What Berth's own command line calls itself: it is told the exit code besides. */
export const ownClient = 'berth'

/**
 * The agent's end of a session's data channel, as the Session Manager plugin of the aws command line speaks it: it opens with a token,
 * shakes hands, and then carries what is typed and what is said.
 *
 * @see github.com/aws/session-manager-plugin, src/datachannel
 */
export class DataChannel {
  readonly #socket: ChannelSocket
  readonly #begin: BeginCommand
  readonly #now: () => Date
  #command: RunningCommand | undefined
  #isOwnClient = false
  #hasBegun = false
  #sent = 0
  #expected = 0

  constructor(
    socket: ChannelSocket,
    { begin, now }: { readonly begin: BeginCommand; readonly now: () => Date },
  ) {
    this.#socket = socket
    this.#begin = begin
    this.#now = now
  }

  /** The first message of all. @throws Error for one that is none; the channel is to be closed then */
  async open(text: string): Promise<void> {
    const { TokenValue, ClientVersion = '' } = opening.parse(JSON.parse(text))
    this.#isOwnClient = ClientVersion.startsWith(ownClient)
    const begun = await this.#begin(TokenValue)
    if (begun === undefined) return this.#close('The session is not there, or it has begun before.')
    if ('refusal' in begun) return this.#close(begun.refusal)
    this.#command = begun
    const action = { ActionType: 'SessionType', ActionParameters: { SessionType: 'InteractiveCommands' } }
    await this.#say(payloadTypes.handshakeRequest, {
      AgentVersion: '3.1.0.0',
      RequestedClientActions: [action],
    })
  }

  /** Every message after it, one after the other. @throws Error for one that is none; the channel is to be closed then */
  async take(bytes: Buffer): Promise<void> {
    const message = readMessage(bytes)
    if (message.type !== 'input_stream_data') return
    await this.#socket.send(writeMessage(acknowledgement(message), this.#now()))
    // What comes twice was acknowledged too late.
    if (message.sequence !== this.#expected) return
    this.#expected += 1
    await this.#act(message)
  }

  /** The client has gone. */
  end(): void {
    this.#command?.close()
  }

  async #act({ payloadType, payload }: AgentMessage): Promise<void> {
    const command = this.#command
    if (command === undefined) return
    switch (payloadType) {
      case payloadTypes.handshakeResponse:
        return this.#start(command)
      case payloadTypes.size:
        return command.resize(windowSize.parse(JSON.parse(payload.toString())))
      case payloadTypes.flag:
        if (payload.length === 4 && payload.readUInt32BE(0) === terminate) command.close()
        return
      case payloadTypes.output:
        command.write(payload)
    }
  }

  async #start(command: RunningCommand): Promise<void> {
    if (this.#hasBegun) return
    this.#hasBegun = true
    await this.#say(payloadTypes.handshakeComplete, { HandshakeTimeToComplete: 1, CustomerMessage: '' })
    void this.#carry(command).catch(() => this.#socket.close())
  }

  async #carry(command: RunningCommand): Promise<void> {
    for await (const chunk of command.output) {
      for (let at = 0; at < chunk.length; at += largestPayload)
        await this.#send(payloadTypes.output, chunk.subarray(at, at + largestPayload))
    }
    const code = await command.exitCode()
    if (this.#isOwnClient) await this.#send(payloadTypes.exitCode, Buffer.from(String(code ?? '')))
    await this.#close(code === undefined || code === 0 ? '' : `The command ended with exit code ${code}.`)
  }

  #say(payloadType: number, content: object): Promise<void> {
    return this.#send(payloadType, Buffer.from(JSON.stringify(content)))
  }

  async #send(payloadType: number, payload: Buffer): Promise<void> {
    const message = newMessage({ type: 'output_stream_data', sequence: this.#sent, payloadType, payload })
    this.#sent += 1
    await this.#socket.send(writeMessage(message, this.#now()))
  }

  async #close(Output: string): Promise<void> {
    const payload = Buffer.from(JSON.stringify({ MessageType: 'channel_closed', SchemaVersion: 1, Output }))
    const message = newMessage({ type: 'channel_closed', sequence: this.#sent, payloadType: 0, payload })
    await this.#socket.send(writeMessage(message, this.#now()))
    this.#socket.close()
  }
}
