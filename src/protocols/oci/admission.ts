import { type Anonymous, anonymous, type Principal } from '../../access/principal.ts'
import type { TokenReading } from '../../access/registry-tokens.ts'
import { readRegistryHost } from '../../core/names/registry-host.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { HttpRequest } from '../http/exchange.ts'
import { anonymousToken, readBearerToken } from './bearer-token.ts'
import { type KnownCredentials, readCredentials } from './read-credentials.ts'

/** Who is calling and which registry they are talking to, or why nobody is let in. */
export type Admission =
  | {
      readonly state: 'admitted'
      readonly caller: Principal | Anonymous
      readonly registryKey: RegistryKey
    }
  | { readonly state: 'expired' | 'unknown' }

export interface AdmissionRules extends KnownCredentials {
  readonly registryDomain?: string | undefined
  /** The registry of callers without credentials, where the Host names none; undefined when they are not let in. */
  readonly anonymousRegistry?: RegistryKey | undefined
}

/**
 * Lets a caller in by their registry token, or a robot by its password. The registry is the one that the Host names under the registry
 * domain, if it does, and the token's own otherwise. A token is good for one region; whether its holder may use another account's registry is for the
 * permissions to say.
 *
 * @see Amazon ECR user guide, "Private registry authentication"
 */
export function admit(
  { headers }: Pick<HttpRequest, 'headers'>,
  rules: AdmissionRules,
): Admission | Promise<Admission> {
  const { registryDomain, anonymousRegistry } = rules
  const { authorization, host } = headers
  const named = registryDomain && host ? readRegistryHost(host, registryDomain) : undefined
  if (isWithoutCredentials(authorization)) {
    if (anonymousRegistry === undefined) return { state: 'unknown' }
    return { state: 'admitted', caller: anonymous, registryKey: named ?? anonymousRegistry }
  }
  const scheme = anonymousRegistry === undefined ? 'basic' : 'basic or bearer'
  const reading = readCredentials(authorization, rules, scheme)
  return reading instanceof Promise
    ? reading.then((read) => admitHolder(read, named))
    : admitHolder(reading, named)
}

function admitHolder(reading: TokenReading, named: RegistryKey | undefined): Admission {
  if (reading.state !== 'valid') return { state: reading.state === 'expired' ? 'expired' : 'unknown' }
  const registryKey = named ?? reading.registry
  if (registryKey.region !== reading.registry.region) return { state: 'unknown' }
  return { state: 'admitted', caller: reading.principal, registryKey }
}

function isWithoutCredentials(authorization: string | undefined): authorization is undefined {
  return authorization === undefined || readBearerToken(authorization) === anonymousToken
}
