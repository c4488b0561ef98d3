import { LRUCache } from 'lru-cache'
import type { Entity } from '../../core/iam/entity.ts'
import type { NamedPolicy } from '../../core/policies/decide.ts'
import { parsePolicy } from '../../core/policies/parse-policy.ts'
import type { StoredCredential } from '../../stores/metadata/iam.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import type { IdentityPolicies, OwnPolicies } from '../identity-policies.ts'
import { isRoot, type Principal } from '../principal.ts'
import { instancePolicies } from './container-instance.ts'
import { managedPolicyText } from './managed-policy-text.ts'

const identitiesKept = 10_000

/** Whoever isn't there any more has nothing. */
const nothing: OwnPolicies = { identity: [] }

type Reader = Pick<MetadataReader, 'iam'>

/**
 * The policies of users and roles in the database, compiled. What was read is believed for `ttl` ms, since another process may
 * change it, or until something changes in this one.
 */
export class StoredIdentities implements IdentityPolicies {
  readonly #metadata: Reader
  readonly #known: LRUCache<string, OwnPolicies> | undefined
  #changes = 0

  constructor(metadata: Reader, { ttl, now }: { readonly ttl: number; readonly now: () => Date }) {
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

async function readOwnPolicies(metadata: Reader, principal: Principal): Promise<OwnPolicies> {
  const credential =
    principal.keyId === undefined ? undefined : await metadata.iam.credential(principal.keyId)
  const ofSession = credential?.session ? sessionPolicies(credential) : {}
  const ofInstance = instancePolicies(principal)
  if (ofInstance) return { identity: ofInstance }
  const { id } = principal.role ?? principal.federatedBy ?? { id: principal.userId }
  if (isRoot(principal) || id === principal.account) return { ...ofRoot(principal, ofSession), ...ofSession }
  const entity = await metadata.iam.entityById(id)
  if (entity?.account !== principal.account) return nothing
  const own = await entityPolicies(metadata, entity)
  const tags = new Map([...tagsOf(entity.details.tags), ...tagsOf(credential?.session?.tags)])
  const isBare = principal.federatedBy !== undefined && ofSession.session === undefined
  return { ...own, ...ofSession, identity: isBare ? [] : own.identity, tags }
}

/** The root is held by no policy of its own; who is federated by it has what the session's policies allow. */
function ofRoot({ federatedBy }: Principal, { session = [] }: Partial<OwnPolicies>): OwnPolicies {
  return federatedBy === undefined ? nothing : { identity: session }
}

/** Policies of a user with its groups', or of a role, and the boundary. */
export async function entityPolicies(
  metadata: Reader,
  entity: Pick<Entity, 'id' | 'kind'>,
): Promise<OwnPolicies> {
  const { iam } = metadata
  const groups = entity.kind === 'user' ? await iam.groupsOf(entity.id) : []
  const identity: NamedPolicy[] = []
  for (const { id } of [entity, ...groups]) identity.push(...(await policiesOf(metadata, id)))
  const boundary = await iam.boundary(entity.id)
  return boundary === undefined
    ? { identity }
    : { identity, boundary: await readBoundary(metadata, boundary) }
}

/** Inline and attached policies of one entity. */
async function policiesOf(metadata: Reader, entityId: string): Promise<readonly NamedPolicy[]> {
  const { iam } = metadata
  const policies = (await iam.inlinePolicies(entityId)).map(({ name, text }) => compile(name, text))
  for (const arn of await iam.attachments(entityId)) {
    const text = await managedPolicyText(metadata, arn)
    if (text !== undefined) policies.push(compile(arn, text))
  }
  return policies
}

/** A boundary that isn't there allows nothing. */
async function readBoundary(metadata: Reader, arn: string): Promise<NamedPolicy> {
  const text = await managedPolicyText(metadata, arn)
  return text === undefined ? { name: arn, document: { statements: [] } } : compile(arn, text)
}

function sessionPolicies({ session, createdAt }: StoredCredential): Pick<OwnPolicies, 'session' | 'values'> {
  const { policies = [], sourceIdentity, webIdentity } = session ?? {}
  return {
    values: {
      ...webIdentity?.values,
      'aws:TokenIssueTime': createdAt.toISOString(),
      'aws:MultiFactorAuthPresent': 'false',
      'aws:SourceIdentity': sourceIdentity,
      'aws:FederatedProvider': webIdentity?.provider,
    },
    ...(policies.length > 0 && { session: policies.map((text) => compile('a session policy', text)) }),
  }
}

function tagsOf(tags: Readonly<Record<string, string>> = {}): [string, string][] {
  return Object.entries(tags)
}

function compile(name: string, text: string): NamedPolicy {
  return { name, document: parsePolicy(text, 'identity') }
}
