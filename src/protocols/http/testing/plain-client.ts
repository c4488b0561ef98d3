import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import type { Listener } from '../listen.ts'

/** A client that says what no HTTP library would. */
export class PlainClient implements AsyncDisposable {
  readonly #socket: Socket
  #unread = ''
  received = ''

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('error', () => {})
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      this.#unread += chunk
      this.received += chunk
    })
  }

  static async to({ port }: Listener): Promise<PlainClient> {
    const socket = connect({ port, host: '127.0.0.1' })
    await once(socket, 'connect')
    return new PlainClient(socket)
  }

  write(bytes: string): void {
    this.#socket.write(bytes)
  }

  writeAll(bytes: string): Promise<void> {
    return new Promise((resolve) => this.#socket.write(bytes, () => resolve()))
  }

  resume(): void {
    this.#socket.resume()
  }

  pause(): void {
    this.#socket.pause()
  }

  end(): void {
    this.#socket.destroy()
  }

  /** Waits until `expected` has come and resolves to everything since the last time. */
  async receives(expected: string): Promise<string> {
    while (!this.#unread.includes(expected)) await once(this.#socket, 'data')
    const seen = this.#unread
    this.#unread = ''
    return seen
  }

  /** Waits until the server has ended the connection, in order or by a reset. */
  async isCut(): Promise<void> {
    if (!this.#socket.closed) await new Promise((resolve) => this.#socket.once('close', resolve))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy()
  }
}
