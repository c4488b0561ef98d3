import { type IncomingMessage, request } from 'node:http'
import { request as requestOverTls } from 'node:https'
import { createInterface } from 'node:readline'
import type { Duplex } from 'node:stream'
import { json } from 'node:stream/consumers'
import { EngineUnreachableError } from './engine.ts'
import type { EngineAddress } from './engine-address.ts'

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

/** Asks a Docker Engine. Without a version in the path it answers in the one it prefers. */
export class DockerClient {
  readonly #address: EngineAddress

  constructor(address: EngineAddress) {
    this.#address = address
  }

  /** The answer's JSON, or undefined without any. @throws DockerError, EngineUnreachableError */
  async ask(call: DockerCall): Promise<unknown> {
    const answer = await this.open(call)
    if (answer.headers['content-type']?.startsWith('application/json')) return json(answer)
    for await (const _ of answer);
    return undefined
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
    for await (const line of createInterface({ input: answer })) {
      if (line === '') continue
      const told: unknown = JSON.parse(line)
      const error = textAt(told, 'error')
      if (error !== undefined) throw new DockerError(500, error)
      onLine?.(told)
    }
  }

  /** The answer as it comes. @throws DockerError, EngineUnreachableError */
  async open(call: DockerCall): Promise<IncomingMessage> {
    const answer = await this.#connect(call)
    const { statusCode = 0 } = answer
    if (statusCode < 400) return answer
    throw await errorIn(answer)
  }

  /** A connection that the engine hands over: what is written goes to a process there, and what it says comes. @throws DockerError, EngineUnreachableError */
  async hijack({ method, path, body }: Pick<DockerCall, 'method' | 'path' | 'body'>): Promise<Duplex> {
    const { promise, resolve, reject } = Promise.withResolvers<Duplex>()
    const { isTls, ...place } = this.#address.options()
    const headers = {
      host: 'docker',
      'content-type': 'application/json',
      connection: 'Upgrade',
      upgrade: 'tcp',
    }
    const sent = (isTls ? requestOverTls : request)({ ...place, method, path, headers })
    sent.on('upgrade', (_answer, socket, head) => {
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    sent.on('response', (answer) => {
      errorIn(answer).then(reject, reject)
    })
    sent.on('error', (cause) => reject(new EngineUnreachableError(this.#address.name, { cause })))
    sent.end(JSON.stringify(body))
    return promise
  }

  #connect({ method, path, query = {}, headers = {}, body, signal }: DockerCall): Promise<IncomingMessage> {
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const unreachable = (cause: unknown) => reject(new EngineUnreachableError(this.#address.name, { cause }))
    const content = body === undefined || body instanceof Uint8Array ? body : JSON.stringify(body)
    const type = body instanceof Uint8Array ? 'application/x-tar' : 'application/json'
    try {
      const { isTls, ...place } = this.#address.options()
      const sent = (isTls ? requestOverTls : request)(
        {
          ...place,
          method,
          path: `${path}?${queryString(query)}`,
          headers: { host: 'docker', ...headers, ...(content !== undefined && { 'content-type': type }) },
          ...(signal && { signal }),
        },
        resolve,
      )
      sent.on('error', (error) => (signal?.aborted ? reject(error) : unreachable(error)))
      sent.end(content)
    } catch (error) {
      unreachable(error)
    }
    return promise
  }
}

async function errorIn(answer: IncomingMessage): Promise<DockerError> {
  const { statusCode = 0 } = answer
  return new DockerError(statusCode, textAt(await json(answer), 'message') ?? `status ${statusCode}`)
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
  const text: unknown = Reflect.get(value, member)
  return typeof text === 'string' ? text : undefined
}
