import type { Entity } from '../../core/iam/entity.ts'
import { InvalidInputError } from '../../core/iam/iam-errors.ts'
import type { NamedPolicy } from '../../core/policies/decide.ts'
import { type PolicyKind, parsePolicy } from '../../core/policies/parse-policy.ts'
import { PolicyDocumentError } from '../../core/policies/policy-document-error.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'
import { managedPolicyText } from './managed-policy-text.ts'
import { bindKnownPrincipals } from './policy-principals.ts'

/** What the simulator says a policy is. */
export type PolicySource = 'user' | 'group' | 'role' | 'aws-managed' | 'user-managed' | 'resource' | 'none'

/** A policy whose text is known, so that a statement's place in it can be told. */
export interface SimulatedPolicy extends NamedPolicy {
  readonly text: string
  readonly source: PolicySource
}

type Reader = Pick<MetadataReader, 'iam'>

/** Policies that stand in a request. @throws InvalidInputError for one that isn't a policy */
export function givenPolicies(
  texts: readonly string[],
  { list, kind, source }: { readonly list: string; readonly kind: PolicyKind; readonly source: PolicySource },
): SimulatedPolicy[] {
  return texts.map((text, at) => {
    const name = `${list}.${at + 1}`
    try {
      return { name, text, source, document: parsePolicy(text, kind) }
    } catch (error) {
      if (!(error instanceof PolicyDocumentError)) throw error
      throw new InvalidInputError(`${name}: ${error.message}`, { cause: error })
    }
  })
}

/** A policy of a resource as it would be asked were it kept: its text stays as it was given. */
export async function boundPolicy(metadata: Reader, policy: SimulatedPolicy): Promise<SimulatedPolicy> {
  const text = await bindKnownPrincipals(metadata, policy.text)
  return { ...policy, document: parsePolicy(text, 'resource') }
}

/** The policies of a user with its groups', of a group or of a role. */
export async function policiesOfEntity(metadata: Reader, entity: Entity): Promise<SimulatedPolicy[]> {
  const groups = entity.kind === 'user' ? await metadata.iam.groupsOf(entity.id) : []
  const found = await Promise.all([entity, ...groups].map((one) => policiesHangingOn(metadata, one)))
  return found.flat()
}

async function policiesHangingOn(metadata: Reader, { id, kind }: Entity): Promise<SimulatedPolicy[]> {
  const inline = (await metadata.iam.inlinePolicies(id)).map(({ name, text }) => read(name, text, kind))
  const attached = await Promise.all(
    (await metadata.iam.attachments(id)).map((arn) => managedPolicy(metadata, arn)),
  )
  return [...inline, ...attached.flat()]
}

/** A managed policy, or none where there isn't any. */
export async function managedPolicy(metadata: Reader, arn: string): Promise<SimulatedPolicy[]> {
  const text = await managedPolicyText(metadata, arn)
  if (text === undefined) return []
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  return [read(name, text, arn.startsWith('arn:aws:iam::aws:') ? 'aws-managed' : 'user-managed')]
}

function read(name: string, text: string, source: PolicySource): SimulatedPolicy {
  return { name, text, source, document: parsePolicy(text, 'identity') }
}
