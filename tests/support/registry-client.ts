/** A registry as the plainest of clients sees it: no retries, no cleverness, nothing between it and the wire. */
export interface RegistryAccess {
  /** Such as `http://127.0.0.1:4566`. */
  readonly url: string
  /** The whole `authorization` header. */
  readonly authorization: string
  /** Gives up on a request when aborted. */
  readonly signal?: AbortSignal | undefined
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly body?: string | Uint8Array<ArrayBuffer> | undefined
}

/** An answer that the client can't go on with. */
export class UnexpectedAnswerError extends Error {
  override readonly name = 'UnexpectedAnswerError'
  readonly status: number
  readonly body: string
  constructor(asked: string, status: number, body: string) {
    super(`${asked} was answered ${status}: ${body}`)
    this.status = status
    this.body = body
  }
}

/** One request; `target` is a path, or a URL that the registry gave. */
export function send(access: RegistryAccess, method: string, target: string, sent: Sent = {}) {
  return fetch(new URL(target, access.url), {
    method,
    headers: { ...sent.headers, authorization: access.authorization },
    body: sent.body ?? null,
    signal: access.signal ?? null,
  })
}

/** One request that must be answered with this status. @throws UnexpectedAnswerError */
export async function sendExpecting(
  status: number,
  access: RegistryAccess,
  method: string,
  target: string,
  sent: Sent = {},
): Promise<Response> {
  const response = await send(access, method, target, sent)
  if (response.status === status) return response
  throw new UnexpectedAnswerError(`${method} ${target}`, response.status, await response.text())
}

/** Where a registry says an upload goes on, or a new thing is. @throws UnexpectedAnswerError when it doesn't */
export function locationOf(response: Response): string {
  const location = response.headers.get('location')
  if (location === null) throw new UnexpectedAnswerError('an upload', response.status, 'without a location')
  return location
}
