import { identityArn, identityId, type NamedIdentity } from '../iam/named-identity.ts'
import { principalsIn, renamePrincipals } from './principal-names.ts'
import { readAwsPrincipal } from './read-principals.ts'

/** Who is meant by each name that a policy has. */
export type KnownIdentities = ReadonlyMap<string, NamedIdentity>

/** The users, roles and sessions that a policy's principals name, by ARN or unique id: not accounts, everyone or federated users. */
export function identitiesIn(text: string): string[] {
  return principalsIn(text).filter((name) => readAwsPrincipal(name)?.kind === 'aws')
}

/** A policy with unique ids in the place of those names: whoever gets such a name later is not meant by it. */
export function withIds(text: string, known: KnownIdentities): string {
  return renamePrincipals(text, namesBy(known, identityId))
}

/** A policy with ARNs in the place of those names. */
export function withArns(text: string, known: KnownIdentities): string {
  return renamePrincipals(text, namesBy(known, identityArn))
}

function namesBy(known: KnownIdentities, nameOf: (identity: NamedIdentity) => string) {
  return new Map(Array.from(known, ([name, identity]) => [name, nameOf(identity)]))
}
