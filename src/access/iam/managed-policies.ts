import { awsManagedPolicies } from '../../core/iam/aws-managed-policies.ts'
import { idPrefixes } from '../../core/iam/entity.ts'
import {
  DeleteConflictError,
  EntityAlreadyExistsError,
  IamLimitExceededError,
  NoSuchEntityError,
  noSuchPolicy,
} from '../../core/iam/iam-errors.ts'
import { makeUniqueId } from '../../core/iam/make-unique-id.ts'
import { type ManagedPolicy, type PolicyVersion, policyArn } from '../../core/iam/managed-policy.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { MetadataReader, MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { checkTags } from './check-tags.ts'
import { changeIam, type Iam } from './iam.ts'
import { checkPolicyDocument, checkPolicySize } from './policy-documents.ts'

const documentLimit = 6_144
const versionsPerPolicy = 5

/** A policy that an account may attach: its own, or one of AWS's. */
export async function findManagedPolicy(
  { iam }: Pick<MetadataReader, 'iam'>,
  account: AccountId,
  arn: string,
): Promise<ManagedPolicy | undefined> {
  const policy = awsManagedPolicies.get(arn)?.policy
  if (policy) return policy
  const own = await iam.policy(arn)
  return own?.account === account ? own : undefined
}

/** @throws MalformedPolicyDocumentError, EntityAlreadyExistsError, IamLimitExceededError for its size */
export async function createManagedPolicy(
  iam: Iam,
  wanted: Pick<ManagedPolicy, 'account' | 'name' | 'path' | 'description'> & {
    readonly document: string
    readonly tags: Readonly<Record<string, string>>
  },
): Promise<ManagedPolicy> {
  const { document, tags, ...named } = wanted
  checkTags(tags)
  checkDocument(document)
  const at = iam.now()
  const id = makeUniqueId(idPrefixes.policy, iam.randomBytes)
  const versions = { defaultVersion: 1, lastVersion: 1, createdAt: at, updatedAt: at }
  const policy = { ...named, ...versions, id, arn: policyArn(named) }
  const added = await changeIam(iam, async (tx) => {
    if (!(await tx.iam.addPolicy(policy, document))) return false
    await tx.arnTags.put(policy.arn, new Map(Object.entries(tags)))
    return true
  })
  if (added) return policy
  throw new EntityAlreadyExistsError(
    `A policy called ${named.name} already exists. Duplicate names are not allowed.`,
  )
}

/** Names one policy of an account. */
export interface PolicyKey {
  readonly account: AccountId
  readonly arn: string
}

/** @throws NoSuchEntityError, MalformedPolicyDocumentError, IamLimitExceededError for a sixth version */
export function createPolicyVersion(
  iam: Iam,
  key: PolicyKey,
  wanted: { readonly document: string; readonly isDefault: boolean },
): Promise<PolicyVersion & { isDefault: boolean }> {
  const { document, isDefault } = wanted
  checkDocument(document)
  return changeIam(iam, async (tx) => {
    const policy = await ownPolicy(tx, key)
    if ((await tx.iam.versions(key.arn)).length >= versionsPerPolicy) {
      throw new IamLimitExceededError(
        'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
      )
    }
    const version = { version: policy.lastVersion + 1, document, createdAt: iam.now() }
    await tx.iam.addVersion(key.arn, version)
    if (isDefault) await tx.iam.setDefaultVersion(key.arn, version.version, iam.now())
    return { ...version, isDefault }
  })
}

/** @throws NoSuchEntityError */
export function setDefaultPolicyVersion(iam: Iam, key: PolicyKey, version: number): Promise<void> {
  return changeIam(iam, async (tx) => {
    await ownPolicy(tx, key)
    await ownVersion(tx, key.arn, version)
    await tx.iam.setDefaultVersion(key.arn, version, iam.now())
  })
}

/** @throws NoSuchEntityError, DeleteConflictError for the default version */
export function deletePolicyVersion(iam: Iam, key: PolicyKey, version: number): Promise<void> {
  return changeIam(iam, async (tx) => {
    const { defaultVersion } = await ownPolicy(tx, key)
    await ownVersion(tx, key.arn, version)
    if (version === defaultVersion) {
      throw new DeleteConflictError('Cannot delete the default version of a policy.')
    }
    await tx.iam.deleteVersion(key.arn, version)
  })
}

/** @throws NoSuchEntityError, DeleteConflictError while it is attached or has other versions */
export function deleteManagedPolicy(iam: Iam, key: PolicyKey): Promise<void> {
  return changeIam(iam, async (tx) => {
    await ownPolicy(tx, key)
    const holders = [...(await tx.iam.attachedTo(key.arn)), ...(await tx.iam.boundedBy(key.arn))]
    if (holders.length > 0) {
      throw new DeleteConflictError('Cannot delete a policy attached to entities.')
    }
    if ((await tx.iam.versions(key.arn)).length > 1) {
      throw new DeleteConflictError(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      )
    }
    await tx.iam.deletePolicy(key.arn)
    await tx.arnTags.clear(key.arn)
  })
}

/** @throws NoSuchEntityError */
export async function ownPolicy(
  { iam }: MetadataTransaction,
  { account, arn }: PolicyKey,
): Promise<ManagedPolicy> {
  const policy = await iam.policy(arn)
  if (policy?.account !== account) throw noSuchPolicy(arn)
  return policy
}

async function ownVersion({ iam }: MetadataTransaction, arn: string, version: number): Promise<void> {
  if ((await iam.version(arn, version)) !== undefined) return
  throw new NoSuchEntityError(`Policy ${arn} version v${version} does not exist or is not attachable.`)
}

function checkDocument(document: string): void {
  checkPolicyDocument(document, 'identity')
  checkPolicySize([document], documentLimit, 'PolicySize')
}
