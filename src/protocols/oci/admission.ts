import type { Principal } from '../../access/principal.ts'
import type { RegistryTokens } from '../../access/registry-tokens.ts'
import { readRegistryHost } from '../../core/names/registry-host.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { HttpRequest } from '../http/exchange.ts'
import { readBasicPassword } from './basic-password.ts'

/** Who is calling and which registry they are talking to, or why nobody is let in. */
export type Admission =
  | { readonly state: 'admitted'; readonly caller: Principal; readonly registryKey: RegistryKey }
  | { readonly state: 'expired' | 'unknown' }

/**
 * Lets a caller in by their registry token. The registry is the one that the Host names under the registry domain, if it does, and
 * the token's own otherwise. A token is good for one region; whether its holder may use another account's registry is for the
 * permissions to say.
 *
 * @see Amazon ECR user guide, "Private registry authentication"
 */
export function admit(
  { headers }: Pick<HttpRequest, 'headers'>,
  {
    tokens,
    registryDomain,
  }: { readonly tokens: RegistryTokens; readonly registryDomain?: string | undefined },
): Admission {
  if (headers.authorization === undefined) return { state: 'unknown' }
  const reading = tokens.read(headers.authorization, readBasicPassword)
  if (reading.state !== 'valid') return { state: reading.state === 'expired' ? 'expired' : 'unknown' }
  const named = registryDomain && headers.host ? readRegistryHost(headers.host, registryDomain) : undefined
  const registryKey = named ?? reading.registry
  if (registryKey.region !== reading.registry.region) return { state: 'unknown' }
  return { state: 'admitted', caller: reading.principal, registryKey }
}
