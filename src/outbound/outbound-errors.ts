/** Why a request to another server was given up. Messages name hosts and addresses, never credentials, and may be shown to users. */
export abstract class OutboundError extends Error {}

/** The address isn't one of the public internet, and the operator hasn't allowed it. */
export class AddressRefusedError extends OutboundError {
  override readonly name = 'AddressRefusedError'
  constructor(host: string, addresses: readonly string[]) {
    const which = addresses.every((address) => address === host) ? host : `${host} (${addresses.join(', ')})`
    super(
      `${which} is not an address of the public internet; name its network in --outbound-networks to allow it`,
    )
  }
}

/** A URL that Berth doesn't go to, whoever asks. */
export class UrlRefusedError extends OutboundError {
  override readonly name = 'UrlRefusedError'
}

export class TooManyRedirectsError extends OutboundError {
  override readonly name = 'TooManyRedirectsError'
  constructor(host: string, most: number) {
    super(`${host} redirected more than ${most} times`)
  }
}

export class ResponseTooLargeError extends OutboundError {
  override readonly name = 'ResponseTooLargeError'
  constructor(host: string, maxBytes: number) {
    super(`The answer of ${host} is larger than ${maxBytes} bytes`)
  }
}

/** `what` completes "did not": connect, move any bytes, finish. */
export class OutboundTimeoutError extends OutboundError {
  override readonly name = 'OutboundTimeoutError'
  constructor(host: string, what: string, ms: number) {
    super(`${host} did not ${what} within ${ms} ms`)
  }
}

/** The connection couldn't be made or broke off; `cause` says how. */
export class UnreachableError extends OutboundError {
  override readonly name = 'UnreachableError'
  constructor(host: string, cause: unknown) {
    super(`${host} can't be reached: ${reason(cause)}`, { cause })
  }
}

/** Nobody vouches for the server: neither the process' authorities nor a thumbprint that was given. */
export class UntrustedServerError extends OutboundError {
  override readonly name = 'UntrustedServerError'
  constructor(host: string, cause: unknown) {
    super(`The certificate of ${host} isn't trusted, and fits no thumbprint: ${reason(cause)}`, { cause })
  }
}

/** What was to be sent couldn't be read to its end; `cause` says why. */
export class BodyFailedError extends OutboundError {
  override readonly name = 'BodyFailedError'
  constructor(host: string, cause: unknown) {
    super(`What was to be sent to ${host} broke off: ${reason(cause)}`, { cause })
  }
}

function reason(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause)
  return cause.message || ('code' in cause ? String(cause.code) : cause.name)
}
