import type { Authoriser } from './access/authoriser.ts'
import { StoredIdentities } from './access/iam/stored-identities.ts'
import { KeyUses } from './access/key-uses.ts'
import { RobotUses } from './access/robots/robot-uses.ts'
import { openAuthoriser } from './open-authoriser.ts'
import type { Registry } from './registry/registry.ts'

/** Milliseconds that the times when robots were last used wait to be written. */
const robotUsesFlushedEvery = 5_000

/** Who there is, what they may do, and when they last did. */
export interface Access {
  readonly identities: StoredIdentities
  readonly authoriser: Authoriser
  readonly robotUses: RobotUses
  readonly keyUses: KeyUses
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
  const uses = new AsyncDisposableStack()
  const identities = new StoredIdentities(metadata, { ttl: cacheTtl, now })
  return {
    identities,
    authoriser: openAuthoriser(registry, identities),
    robotUses: uses.use(new RobotUses({ metadata, flushEvery: robotUsesFlushedEvery, onError })),
    keyUses: uses.use(new KeyUses(metadata, onError)),
    [Symbol.asyncDispose]: () => uses.disposeAsync(),
  }
}
