import { IncomingMessage } from 'node:http'
import { Duplex } from 'node:stream'
import { text } from 'node:stream/consumers'
import type Dockerode from 'dockerode'
import { EngineUnreachableError } from './engine.ts'
import type { EngineAddress } from './engine-address.ts'
import { textLines } from './text-lines.ts'

export interface DockerCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Each value is escaped. */
  readonly path: string
  readonly query?: Readonly<Record<string, string | readonly string[]>>
  /** Sent as JSON; bytes as the tar archive that they are. */
  readonly body?: unknown
  /** For the registry that the engine is to pull from. */
  readonly login?: Dockerode.AuthConfig | undefined
  readonly signal?: AbortSignal | undefined
}

/** What modem passes on as it came; refusals, too, are read here. */
const anyStatus = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [100 + index, true]))

/** Characters; more than any line that an engine tells of a pull or of what happens. */
const longestLine = 1024 * 1024

type DialOptions = Parameters<Dockerode['modem']['dial']>[0]

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
 * Asks a Docker Engine through dockerode. Without a version in the path it answers in the one it prefers. Answers are read here, as they come:
 * docs/decisions/dockerode-for-streams.md says why.
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
  find(call: DockerCall): Promise<unknown> {
    return this.ask(call).catch(nothingIfGone)
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

  /** As `open`; undefined, too, for what isn't there. @throws DockerError, EngineUnreachableError, from the answer, too */
  openIfThere(call: DockerCall): Promise<AsyncIterable<Uint8Array> | undefined> {
    return this.open(call).catch(nothingIfGone)
  }

  /** A connection that the engine hands over: what is written goes to a process there, and what it says comes. @throws DockerError, EngineUnreachableError */
  async hijack(call: DockerCall): Promise<Duplex> {
    const answer = await this.#dial(call, { hijack: true })
    if (answer instanceof IncomingMessage) throw refusal(answer, await text(this.#bytes(answer)))
    return answer
  }

  async #connect(call: DockerCall): Promise<IncomingMessage> {
    const answer = await this.#dial(call)
    if (answer instanceof IncomingMessage) return answer
    throw this.#lost('it handed over a connection that nobody asked for')
  }

  async #dial(call: DockerCall, options?: { readonly hijack: true }): Promise<IncomingMessage | Duplex> {
    try {
      const { default: Docker } = await import('dockerode')
      const docker = new Docker(this.#address.options())
      const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage | Duplex>()
      docker.modem.dial({ ...dialled(call), ...options }, (error, answer) =>
        answer instanceof IncomingMessage || answer instanceof Duplex ? resolve(answer) : reject(error),
      )
      return await promise
    } catch (cause) {
      throw this.#lost(cause, call.signal)
    }
  }

  /** What an answer says. Whoever stops reading ends the connection. @throws EngineUnreachableError when it breaks off */
  async *#bytes(answer: IncomingMessage, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    try {
      yield* answer
    } catch (cause) {
      throw this.#lost(cause, signal)
    }
  }

  #lost(cause: unknown, signal?: AbortSignal): unknown {
    return signal?.aborted ? signal.reason : new EngineUnreachableError(this.#address.name, { cause })
  }
}

function nothingIfGone(error: unknown): undefined {
  if (!(error instanceof DockerError && error.status === 404)) throw error
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

/** The call in dockerode's words, which take a query only if the path has its mark. */
function dialled({ method, path, query = {}, body = {}, login, signal }: DockerCall): DialOptions {
  return {
    method,
    path: `${path}?`,
    options: { _query: query, _body: body },
    statusCodes: anyStatus,
    isStream: true,
    ...(body instanceof Uint8Array && { file: Buffer.from(body) }),
    ...(login && { authconfig: { ...login } }),
    ...(signal && { abortSignal: signal }),
  }
}

function textAt(value: unknown, member: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const found: unknown = Reflect.get(value, member)
  return typeof found === 'string' ? found : undefined
}
