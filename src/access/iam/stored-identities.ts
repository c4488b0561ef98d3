import { LRUCache } from 'lru-cache'
import { awsManagedPolicies } from '../../core/iam/aws-managed-policies.ts'
import type { NamedPolicy } from '../../core/policies/decide.ts'
import { parsePolicy } from '../../core/policies/parse-policy.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { IdentityPolicies, OwnPolicies } from '../identity-policies.ts'
import type { Principal } from '../principal.ts'
import { instancePolicies } from './container-instance.ts'

const identitiesKept = 10_000

/** Whoever isn't there any more has nothing. */
const nothing: OwnPolicies = { identity: [] }

/**
 * The policies of users and roles in the database, compiled. What was read is believed for `ttl` ms, since another process may
 * change it, or until something changes in this one.
 */
export class StoredIdentities implements IdentityPolicies {
  readonly #metadata: Pick<MetadataReader, 'iam'>
  readonly #known: LRUCache<string, OwnPolicies> | undefined
  #changes = 0

  constructor(
    metadata: Pick<MetadataReader, 'iam'>,
    { ttl, now }: { readonly ttl: number; readonly now: () => Date },
  ) {
    this.#metadata = metadata
    const aging = Number.isFinite(ttl) ? { ttl, ttlResolution: 0, perf: { now: () => now().getTime() } } : {}
    if (ttl > 0) this.#known = new LRUCache({ max: identitiesKept, ...aging })
  }

  of(principal: Principal): OwnPolicies | Promise<OwnPolicies> {
    return this.#known?.get(keyOf(principal)) ?? this.#read(principal)
  }

  /** Reads everything anew from now on. */
  forget(): void {
    this.#changes++
    this.#known?.clear()
  }

  async #read(principal: Principal): Promise<OwnPolicies> {
    const before = this.#changes
    const own = await readOwnPolicies(this.#metadata, principal)
    if (before === this.#changes) this.#known?.set(keyOf(principal), own)
    return own
  }
}

/** A session may have policies of its own, which its key leads to. */
function keyOf({ userId, keyId = '' }: Principal): string {
  return `${userId} ${keyId}`
}

async function readOwnPolicies(
  { iam }: Pick<MetadataReader, 'iam'>,
  principal: Principal,
): Promise<OwnPolicies> {
  const { account, userId, role, keyId } = principal
  const ofInstance = instancePolicies(principal)
  if (ofInstance) return { identity: ofInstance }
  const entity = await iam.entityById(role?.id ?? userId)
  if (entity?.account !== account) return nothing
  const groups = entity.kind === 'user' ? await iam.groupsOf(entity.id) : []
  const identity: NamedPolicy[] = []
  for (const { id } of [entity, ...groups]) identity.push(...(await policiesOf({ iam }, id)))
  const session = keyId === undefined ? undefined : (await iam.credential(keyId))?.session
  const tags = new Map(Object.entries(entity.details.tags))
  const own = { identity, tags }
  return session && session.policies.length > 0
    ? { ...own, session: session.policies.map((text) => compile('a session policy', text)) }
    : own
}

/** Inline and attached policies of one entity. */
async function policiesOf(
  { iam }: Pick<MetadataReader, 'iam'>,
  entityId: string,
): Promise<readonly NamedPolicy[]> {
  const policies = (await iam.inlinePolicies(entityId)).map(({ name, text }) => compile(name, text))
  for (const arn of await iam.attachments(entityId)) {
    const text = await managedPolicyText({ iam }, arn)
    if (text !== undefined) policies.push(compile(arn, text))
  }
  return policies
}

/** The document of a managed policy's default version, AWS's own included. */
export async function managedPolicyText(
  { iam }: Pick<MetadataReader, 'iam'>,
  arn: string,
): Promise<string | undefined> {
  const ofAws = awsManagedPolicies.get(arn)
  if (ofAws) return ofAws.document
  const policy = await iam.policy(arn)
  return policy && (await iam.version(arn, policy.defaultVersion))?.document
}

function compile(name: string, text: string): NamedPolicy {
  return { name, document: parsePolicy(text, 'identity') }
}
