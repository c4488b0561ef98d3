import type { Caller } from './access-request.ts'
import type { NamedPrincipal, Principals } from './policy-document.ts'

/**
 * How closely a resource's policy names a caller: the very identity, its role, everyone, or only its account, which leaves it to that
 * account to decide.
 */
export type Closeness = 'identity' | 'role' | 'everyone' | 'account'

type Known = Extract<Caller, { readonly account: unknown }>

const closest: readonly Closeness[] = ['identity', 'role', 'everyone', 'account']

/** The closest way in which the caller is meant, or undefined. What `NotPrincipal` leaves over is everyone. */
export function matchesPrincipal({ negated, named }: Principals, caller: Caller): Closeness | undefined {
  const ways = new Set(named.map((principal) => matchesOne(principal, caller)))
  const found = closest.find((way) => ways.has(way))
  if (!negated) return found
  return found === undefined ? 'everyone' : undefined
}

function matchesOne(principal: NamedPrincipal, caller: Caller): Closeness | undefined {
  if (principal.kind === 'everyone') return 'everyone'
  if (caller.kind === 'anonymous') return undefined
  if (caller.kind === 'service') {
    return principal.kind === 'service' && principal.name === caller.name ? 'identity' : undefined
  }
  if (caller.kind === 'web-identity') {
    return principal.kind === 'federated' && principal.name === caller.provider ? 'identity' : undefined
  }
  if (principal.kind === 'account') return principal.name === caller.account ? 'account' : undefined
  if (principal.kind === 'federated-user') {
    return caller.kind === 'federated' && caller.arn === principal.name ? 'identity' : undefined
  }
  return principal.kind === 'aws' ? matchesIdentity(principal.name, caller) : undefined
}

/** By unique ids alone: whoever is made again under an old name is somebody else. */
function matchesIdentity(id: string, caller: Known): Closeness | undefined {
  if (caller.kind === 'root' || caller.kind === 'federated') return undefined
  if (caller.id === id) return 'identity'
  return caller.kind === 'session' && caller.role.id === id ? 'role' : undefined
}
