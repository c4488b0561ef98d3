import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import { BodyCutShortError } from '../../core/images/upload-errors.ts'
import type { HttpLimits } from './http-limits.ts'

// Node reads 64 KiB at a time from a socket.
const bufferedChunks = 4

/**
 * A request's bytes as a stream of its own: whoever reads it may stop or fail in the middle and the connection still
 * carries the answer, where stopping to read Node's own request cuts the connection.
 *
 * Fails with BodyCutShortError when the client goes away, or is sent away for bringing too little (HttpLimits).
 */
export class RequestBody extends Readable {
  readonly #message: IncomingMessage
  readonly #limits: HttpLimits
  readonly #beforeFirstByte: () => void
  #pace: NodeJS.Timeout | undefined
  #received = 0
  #inThisSpan = 0

  /** `beforeFirstByte` runs once, when somebody starts to read: the place to tell the client to go on. */
  constructor(message: IncomingMessage, limits: HttpLimits, beforeFirstByte: () => void) {
    // As objects, so that chunks are handed on as they come: joining them would copy every byte once more.
    super({ objectMode: true, highWaterMark: bufferedChunks })
    this.#message = message
    this.#limits = limits
    this.#beforeFirstByte = beforeFirstByte
    // Who reads it is told of the failure by reading; before that it would be nobody's, which ends the process.
    this.on('error', () => undefined)
  }

  /** Bytes that have come in so far. */
  get received(): number {
    return this.#received
  }

  override _construct(ready: () => void): void {
    this.#message.on('close', this.#onClose)
    ready()
  }

  override _read(): void {
    if (this.#pace === undefined) this.#start()
    this.#message.resume()
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    clearInterval(this.#pace)
    this.#message.off('data', this.#onData).off('end', this.#onEnd).off('close', this.#onClose).pause()
    done(error)
  }

  #start(): void {
    this.#pace = setInterval(this.#checkPace, this.#limits.idleMs).unref()
    this.#message.on('data', this.#onData).on('end', this.#onEnd)
    this.#beforeFirstByte()
  }

  readonly #onData = (chunk: Buffer): void => {
    this.#received += chunk.length
    this.#inThisSpan += chunk.length
    if (!this.push(chunk)) this.#message.pause()
  }

  readonly #onEnd = (): void => {
    clearInterval(this.#pace)
    this.push(null)
  }

  readonly #onClose = (): void => {
    if (!this.#message.complete) this.destroy(new BodyCutShortError())
  }

  readonly #checkPace = (): void => {
    const waitsForClient = this.readableLength < this.readableHighWaterMark
    if (waitsForClient && this.#inThisSpan < this.#limits.leastBytesPerIdle) this.#message.destroy()
    this.#inThisSpan = 0
  }
}
