import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** Connections beyond the limit that are answered a refusal at any one time. */
const refusedAtOnce = 256

/**
 * Which connections are open and how many requests are being answered on each, so that closing can wait for those and
 * time-outs can tell who is at work.
 */
export class Exchanges {
  readonly #perSocket = new Map<Duplex, number>()
  #running = 0
  readonly #waiting: (() => void)[] = []
  readonly #surplus = new WeakSet<Duplex>()
  readonly #maxConnections: number
  #closing = false

  constructor(maxConnections: number) {
    this.#maxConnections = maxConnections
  }

  /** Whoever comes when there are too many connections is told so; when there are far too many, not even that. */
  opened(socket: Socket): void {
    if (this.#perSocket.size >= this.#maxConnections + refusedAtOnce) return void socket.destroy()
    if (this.#perSocket.size >= this.#maxConnections) this.#surplus.add(socket)
    this.#perSocket.set(socket, 0)
    socket.once('close', () => this.#perSocket.delete(socket))
  }

  /** A connection goes on as another, which carries it from now on. */
  passedOn(from: Socket, to: Socket): void {
    this.#perSocket.delete(from)
    this.opened(to)
  }

  /** The connection came when there were enough. */
  isSurplus(socket: Duplex): boolean {
    return this.#surplus.has(socket)
  }

  get connections(): number {
    return this.#perSocket.size
  }

  /** Requests that are at work. */
  get running(): number {
    return this.#running
  }

  /** Counts an exchange as running until its answer is sent and `work` is done, which never rejects. */
  track({ socket }: IncomingMessage, response: ServerResponse, work: Promise<void>): void {
    this.#add(socket, 1)
    this.#running++
    response.once('close', () => this.#sent(socket))
    void work.then(this.#workDone)
  }

  isBusy(socket: Duplex): boolean {
    return (this.#perSocket.get(socket) ?? 0) > 0
  }

  get closing(): boolean {
    return this.#closing
  }

  /** Ends the connections on which nothing runs; from now on the others end with the exchange they carry. */
  close(): void {
    this.#closing = true
    for (const [socket, running] of this.#perSocket) if (running === 0) socket.destroy()
  }

  /** Resolves when nothing is at work any more. */
  async settled(): Promise<void> {
    while (this.#running > 0) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  readonly #workDone = (): void => {
    this.#running--
    if (this.#running === 0) for (const goOn of this.#waiting.splice(0)) goOn()
  }

  #sent(socket: Socket): void {
    this.#add(socket, -1)
    if (this.#closing && !this.isBusy(socket)) socket.destroySoon()
  }

  #add(socket: Socket, change: 1 | -1): void {
    const running = this.#perSocket.get(socket)
    if (running !== undefined) this.#perSocket.set(socket, running + change)
  }
}
