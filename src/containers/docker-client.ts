import { type IncomingMessage, request } from 'node:http'
import { createInterface } from 'node:readline'
import { json } from 'node:stream/consumers'
import { EngineUnreachableError } from './engine.ts'

export interface DockerCall {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Each value is escaped. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
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

/** Asks a Docker Engine at a Unix socket. Without a version in the path it answers in the one it prefers. */
export class DockerClient {
  readonly #socketPath: string

  constructor(socketPath: string) {
    this.#socketPath = socketPath
  }

  /** The answer's JSON, or undefined without any. @throws DockerError, EngineUnreachableError */
  async ask(call: DockerCall): Promise<unknown> {
    const answer = await this.#send(call)
    if (answer.statusCode === 204 || answer.statusCode === 304) {
      answer.resume()
      return undefined
    }
    return json(answer)
  }

  /**
   * Reads an answer that is a line of JSON for each bit of progress, to its end. It says in one of the lines what went wrong.
   *
   * @throws DockerError, EngineUnreachableError
   */
  async follow(call: DockerCall): Promise<void> {
    const answer = await this.#send(call)
    for await (const line of createInterface({ input: answer })) {
      const error = line === '' ? undefined : textAt(JSON.parse(line), 'error')
      if (error !== undefined) throw new DockerError(500, error)
    }
  }

  async #send(call: DockerCall): Promise<IncomingMessage> {
    const answer = await this.#connect(call)
    const { statusCode = 0 } = answer
    if (statusCode < 400) return answer
    throw new DockerError(statusCode, textAt(await json(answer), 'message') ?? `status ${statusCode}`)
  }

  #connect({ method, path, query = {}, headers = {}, body }: DockerCall): Promise<IncomingMessage> {
    const content = body === undefined ? undefined : JSON.stringify(body)
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
    const sent = request(
      {
        socketPath: this.#socketPath,
        method,
        path: `${path}?${new URLSearchParams(query)}`,
        headers: {
          host: 'docker',
          ...headers,
          ...(content !== undefined && { 'content-type': 'application/json' }),
        },
      },
      resolve,
    )
    sent.on('error', (cause) => reject(new EngineUnreachableError(this.#socketPath, { cause })))
    sent.end(content)
    return promise
  }
}

function textAt(value: unknown, member: string): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const text: unknown = Reflect.get(value, member)
  return typeof text === 'string' ? text : undefined
}
