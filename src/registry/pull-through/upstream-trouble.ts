import { DomainError } from '../../core/errors.ts'
import type { CacheRule } from '../../core/pull-through/cache-rule.ts'
import {
  SecretNotFoundError,
  UnableToAccessSecretError,
  UnableToDecryptSecretValueError,
  UnsupportedUpstreamRegistryError,
  UpstreamAccessDeniedError,
  UpstreamTooManyRequestsError,
  UpstreamUnavailableError,
} from '../../core/pull-through/errors.ts'
import { OutboundError } from '../../outbound/outbound-errors.ts'
import {
  RegistryBusyError,
  RegistryFailedError,
  RegistryRefusedError,
} from '../../outbound/registry/registry-errors.ts'
import type { RegistrySession } from '../../outbound/registry/registry-session.ts'
import type { Registry } from '../registry.ts'

/**
 * Asks a rule's upstream, and puts what goes wrong there into the domain's words. An upstream that wants to be asked less often is
 * left alone for as long as it says.
 *
 * @throws UpstreamAccessDeniedError, UpstreamTooManyRequestsError, UpstreamUnavailableError
 * @throws RegistryNotFoundError and whatever else `ask` throws
 */
export async function askUpstream<Result>(
  { upstreams }: Registry,
  rule: CacheRule,
  ask: (session: RegistrySession) => Promise<Result>,
): Promise<Result> {
  const session = await upstreams.session(rule).catch((error: unknown) => {
    throw isAboutCredentials(error) ? new UpstreamAccessDeniedError(error.message, { cause: error }) : error
  })
  try {
    return await ask(session)
  } catch (error) {
    if (error instanceof RegistryBusyError) upstreams.pause(session, rule, error.retryAfterMs)
    throw troubleOf(error, new URL(session.place.origin).host)
  }
}

function troubleOf(error: unknown, host: string): unknown {
  if (error instanceof RegistryBusyError) {
    return new UpstreamTooManyRequestsError(host, Math.ceil(error.retryAfterMs / 1000))
  }
  const options = { cause: error }
  if (error instanceof RegistryRefusedError) return new UpstreamAccessDeniedError(error.message, options)
  if (error instanceof RegistryFailedError || error instanceof OutboundError) {
    return new UpstreamUnavailableError(`The upstream registry failed: ${error.message}`, options)
  }
  return error
}

const credentialErrors = [
  SecretNotFoundError,
  UnableToAccessSecretError,
  UnableToDecryptSecretValueError,
  UnsupportedUpstreamRegistryError,
]

function isAboutCredentials(error: unknown): error is DomainError {
  return error instanceof DomainError && credentialErrors.some((kind) => error instanceof kind)
}

/** What an upstream's trouble is called in events and in `failures[]`; undefined for any other error. */
export function troubleCode(
  error: unknown,
): 'UpstreamAccessDenied' | 'UpstreamTooManyRequests' | 'UpstreamUnavailable' | undefined {
  if (error instanceof UpstreamAccessDeniedError) return 'UpstreamAccessDenied'
  if (error instanceof UpstreamTooManyRequestsError) return 'UpstreamTooManyRequests'
  if (error instanceof UpstreamUnavailableError) return 'UpstreamUnavailable'
  return undefined
}
