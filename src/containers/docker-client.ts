import { type IncomingMessage, request } from 'node:http'
import { request as requestOverTls } from 'node:https'
import type { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import { EngineUnreachableError } from './engine.ts'
import type { EngineAddress } from './engine-address.ts'
import { textLines } from './text-lines.ts'

export interface DockerCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Each value is escaped. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; bytes as they are. */
  readonly body?: unknown
  readonly signal?: AbortSignal | undefined
}

/** Characters; more than any line that an engine tells of a pull or of what happens. */
const longestLine = 1024 * 1024

interface FollowHooks {
  readonly onOpen?: () => void
  readonly onLine?: (line: unknown) => void
}

/** The engine refused; the message is what its own command line says. */
export class DockerError extends Error {
  override readonly name = 'DockerError'
  readonly status: number
  constructor(status: number, message: string) {
    super(`Error response from daemon: ${message}`)
    this.status = status
  }
}

/**
 * Asks a Docker Engine. Without a version in the path it answers in the one it prefers. Why there is no library:
 * docs/decisions/no-docker-library.md
 */
export class DockerClient {
  readonly #address: EngineAddress

  constructor(address: EngineAddress) {
    this.#address = address
  }

  /** The answer's JSON, or undefined without any. @throws DockerError, EngineUnreachableError */
  async ask(call: DockerCall): Promise<unknown> {
    const answer = await this.#connect(call)
    const said = await text(this.#bytes(answer, call.signal))
    if (isRefused(answer)) throw refusal(answer, said)
    return answer.headers['content-type']?.startsWith('application/json') ? JSON.parse(said) : undefined
  }

  /** As `ask`; undefined, too, for what isn't there. @throws DockerError, EngineUnreachableError */
  async find(call: DockerCall): Promise<unknown> {
    try {
      return await this.ask(call)
    } catch (error) {
      if (error instanceof DockerError && error.status === 404) return undefined
      throw error
    }
  }

  /**
   * Reads an answer that is a line of JSON for each thing that happens, to its end. A line may say that it went wrong.
   *
   * @throws DockerError, EngineUnreachableError
   */
  async follow(call: DockerCall, { onOpen, onLine }: FollowHooks = {}): Promise<void> {
    const answer = await this.open(call)
    onOpen?.()
    for await (const line of textLines(answer, longestLine)) {
      if (line.trim() === '') continue
      const told: unknown = JSON.parse(line)
      const error = textAt(told, 'error')
      if (error !== undefined) throw new DockerError(500, error)
      onLine?.(told)
    }
  }

  /** The answer as it comes. @throws DockerError, EngineUnreachableError, from the answer, too */
  async open(call: DockerCall): Promise<AsyncIterable<Uint8Array>> {
    const answer = await this.#connect(call)
    const bytes = this.#bytes(answer, call.signal)
    if (isRefused(answer)) throw refusal(answer, await text(bytes))
    return bytes
  }

  /** A connection that the engine hands over: what is written goes to a process there, and what it says comes. @throws DockerError, EngineUnreachableError */
  async hijack(call: DockerCall): Promise<Duplex> {
    const { promise, resolve, reject } = Promise.withResolvers<Duplex>()
    const headers = { connection: 'Upgrade', upgrade: 'tcp' }
    const answer = this.#connect({ ...call, headers }, (socket, head) => {
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    answer.then(async (refused) => reject(refusal(refused, await text(this.#bytes(refused))))).catch(reject)
    return promise
  }

  #connect(
    { method, path, query = {}, headers = {}, body, signal }: DockerCall,
    onUpgrade?: (socket: Duplex, head: Buffer) => void,
  ): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const unreachable = (cause: unknown) => reject(this.#lost(cause, signal))
    const content = body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body)
    const type = body instanceof Uint8Array ? 'application/x-tar' : 'application/json'
    try {
      const { isTls, ...place } = this.#address.options()
      const sent = (isTls ? requestOverTls : request)(
        {
          ...place,
          method,
          path: `${path}?${queryString(query)}`,
          headers: { ...headers, ...(content !== undefined && { 'content-type': type }) },
          ...(signal && { signal }),
        },
        resolve,
      )
      sent.on('error', unreachable)
      if (onUpgrade) sent.on('upgrade', (_answer, socket, head) => onUpgrade(socket, head))
      sent.end(content)
    } catch (error) {
      unreachable(error)
    }
    return promise
  }

  /** What an answer says. Whoever stops reading ends the connection. @throws EngineUnreachableError when it breaks off */
  async *#bytes(answer: IncomingMessage, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      yield* answer
    } catch (cause) {
      throw this.#lost(cause, signal)
    }
  }

  #lost(cause: unknown, signal: AbortSignal | undefined): unknown {
    return signal?.aborted ? signal.reason : new EngineUnreachableError(this.#address.name, { cause })
  }
}

function isRefused({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 400
}

/** What stands between Berth and an engine may refuse in words of its own. */
function refusal({ statusCode = 0, headers }: IncomingMessage, said: string): DockerError {
  const isJson = headers['content-type']?.startsWith('application/json')
  const message = isJson ? textAt(JSON.parse(said), 'message') : said.trim()
  return new DockerError(statusCode, message || `status ${statusCode}`)
}

function queryString(query: NonNullable<DockerCall['query']>): URLSearchParams {
  return new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, String(one)]),
    ),
  )
}

function textAt(value: unknown, member: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, member)
  return typeof found === 'string' ? found : undefined
}
