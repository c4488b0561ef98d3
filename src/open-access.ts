import type { Authoriser } from './access/authoriser.ts'
import { StoredIdentities } from './access/iam/stored-identities.ts'
import { openUses, type Uses } from './access/uses.ts'
import { openAuthoriser } from './open-authoriser.ts'
import type { Registry } from './registry/registry.ts'

/** Who there is, what they may do, and when they last did. */
export interface Access {
  readonly identities: StoredIdentities
  readonly authoriser: Authoriser
  readonly uses: Uses
}

/** Opens access to a registry. Disposing writes the uses that wait to be. */
export function openAccess(
  registry: Registry,
  ground: {
    readonly now: () => Date
    readonly onError: (error: unknown) => void
    /** Milliseconds that it may go on believing what it has read. */
    readonly cacheTtl: number
  },
): Access & AsyncDisposable {
  const { metadata } = registry
  const { now, onError, cacheTtl } = ground
  const uses = openUses(metadata, onError)
  const identities = new StoredIdentities(metadata, { ttl: cacheTtl, now })
  return {
    identities,
    authoriser: openAuthoriser(registry, identities, uses.roleUses),
    uses,
    [Symbol.asyncDispose]: () => uses[Symbol.asyncDispose](),
  }
}
