import type { Iam } from '../../access/iam/iam.ts'
import {
  createManagedPolicy,
  createPolicyVersion as createVersion,
  deleteManagedPolicy,
  deletePolicyVersion as deleteVersion,
  findManagedPolicy,
  setDefaultPolicyVersion as setDefault,
} from '../../access/iam/managed-policies.ts'
import { awsManagedPolicies } from '../../core/iam/aws-managed-policies.ts'
import { InvalidInputError, NoSuchEntityError, noSuchPolicy } from '../../core/iam/iam-errors.ts'
import type { ManagedPolicy, PolicyVersion } from '../../core/iam/managed-policy.ts'
import type { Call } from '../service.ts'
import { encodeDocument } from './entity-shape.ts'
import type { IamAction, TagMember } from './iam-action.ts'
import { type PagedInput, readIamPage } from './iam-page.ts'
import { onAccount, onPolicy } from './requested-entity.ts'

interface PolicyRequest {
  readonly PolicyArn: string
}

interface VersionRequest extends PolicyRequest {
  readonly VersionId: string
}

interface Creation {
  readonly PolicyName: string
  readonly Path?: string
  readonly PolicyDocument: string
  readonly Description?: string
  readonly Tags?: readonly TagMember[]
}

/** @see IAM API reference, CreatePolicy */
export const createPolicy: IamAction<Creation> = {
  operation: 'CreatePolicy',
  permissions: ({ PolicyName, Path = '/' }, { caller: { account } }) => [
    {
      action: 'iam:CreatePolicy',
      resource: `arn:aws:iam::${account}:policy${Path}${PolicyName}`,
      owner: account,
    },
  ],
  async run(input, call, iam) {
    if (input.Tags && input.Tags.length > 0) {
      throw new InvalidInputError('Tags of policies are not offered by this server')
    }
    const { PolicyName: name, Path: path = '/', Description: description, PolicyDocument: document } = input
    const { account } = call.caller
    const policy = await createManagedPolicy(iam, { account, name, path, description, document })
    return { Policy: await policyShape(policy, call, iam) }
  },
}

/** @see IAM API reference, GetPolicy */
export const getPolicy: IamAction<PolicyRequest> = {
  operation: 'GetPolicy',
  permissions: onPolicy('GetPolicy'),
  async run(input, call, iam) {
    const policy = await requestedPolicy(input, call, iam)
    return { Policy: { ...(await policyShape(policy, call, iam)), Description: policy.description } }
  },
}

/** @see IAM API reference, ListPolicies */
export const listPolicies: IamAction<
  PagedInput & { readonly Scope?: string; readonly OnlyAttached?: boolean; readonly PathPrefix?: string }
> = {
  operation: 'ListPolicies',
  permissions: onAccount('ListPolicies'),
  async run(input, call, iam) {
    const { Scope: scope = 'All', OnlyAttached: onlyAttached = false, PathPrefix: pathPrefix } = input
    const isFirst = call.pages.position === undefined
    const ofAws = isFirst && scope !== 'Local' ? [...awsManagedPolicies.values()] : []
    const { rows, paging } = await readIamPage(call, input, async (page) =>
      scope === 'AWS' ? [] : iam.metadata.iam.policies(call.caller.account, { ...page, pathPrefix }),
    )
    const all = [...ofAws.map(({ policy }) => policy), ...rows]
    const shown = await Promise.all(all.map((policy) => policyShape(policy, call, iam)))
    const Policies = onlyAttached ? shown.filter(({ AttachmentCount: count }) => count > 0) : shown
    return { Policies, ...paging }
  },
}

/** @see IAM API reference, DeletePolicy */
export const deletePolicy: IamAction<PolicyRequest> = {
  operation: 'DeletePolicy',
  permissions: onPolicy('DeletePolicy'),
  async run(input, call, iam) {
    await deleteManagedPolicy(iam, keyOf(input, call))
    return {}
  },
}

/** @see IAM API reference, CreatePolicyVersion */
export const createPolicyVersion: IamAction<
  PolicyRequest & { readonly PolicyDocument: string; readonly SetAsDefault?: boolean }
> = {
  operation: 'CreatePolicyVersion',
  permissions: onPolicy('CreatePolicyVersion'),
  async run(input, call, iam) {
    const wanted = { document: input.PolicyDocument, isDefault: input.SetAsDefault ?? false }
    const { version, createdAt, isDefault } = await createVersion(iam, keyOf(input, call), wanted)
    return { PolicyVersion: { VersionId: `v${version}`, IsDefaultVersion: isDefault, CreateDate: createdAt } }
  },
}

/** @see IAM API reference, GetPolicyVersion */
export const getPolicyVersion: IamAction<VersionRequest> = {
  operation: 'GetPolicyVersion',
  permissions: onPolicy('GetPolicyVersion'),
  async run(input, call, iam) {
    const policy = await requestedPolicy(input, call, iam)
    const found = (await versionsOf(policy, iam)).find(({ version }) => `v${version}` === input.VersionId)
    if (found === undefined) {
      throw new NoSuchEntityError(
        `Policy ${policy.arn} version ${input.VersionId} does not exist or is not attachable.`,
      )
    }
    return { PolicyVersion: { ...versionShape(policy, found), Document: encodeDocument(found.document) } }
  },
}

/** @see IAM API reference, ListPolicyVersions */
export const listPolicyVersions: IamAction<PolicyRequest> = {
  operation: 'ListPolicyVersions',
  permissions: onPolicy('ListPolicyVersions'),
  async run(input, call, iam) {
    const policy = await requestedPolicy(input, call, iam)
    const Versions = (await versionsOf(policy, iam)).map((version) => versionShape(policy, version))
    return { Versions, IsTruncated: false }
  },
}

/** @see IAM API reference, SetDefaultPolicyVersion */
export const setDefaultPolicyVersion: IamAction<VersionRequest> = {
  operation: 'SetDefaultPolicyVersion',
  permissions: onPolicy('SetDefaultPolicyVersion'),
  async run(input, call, iam) {
    await setDefault(iam, keyOf(input, call), versionNumber(input))
    return {}
  },
}

/** @see IAM API reference, DeletePolicyVersion */
export const deletePolicyVersion: IamAction<VersionRequest> = {
  operation: 'DeletePolicyVersion',
  permissions: onPolicy('DeletePolicyVersion'),
  async run(input, call, iam) {
    await deleteVersion(iam, keyOf(input, call), versionNumber(input))
    return {}
  },
}

function keyOf({ PolicyArn: arn }: PolicyRequest, { caller: { account } }: Call) {
  return { account, arn }
}

/** The model has made sure of its form, `v` and a number. */
function versionNumber({ VersionId }: VersionRequest): number {
  return Number.parseInt(VersionId.slice(1), 10)
}

async function requestedPolicy(
  { PolicyArn: arn }: PolicyRequest,
  { caller }: Call,
  { metadata }: Iam,
): Promise<ManagedPolicy> {
  const policy = await findManagedPolicy(metadata, caller.account, arn)
  if (policy === undefined) throw noSuchPolicy(arn)
  return policy
}

async function versionsOf({ arn, createdAt }: ManagedPolicy, { metadata }: Iam): Promise<PolicyVersion[]> {
  const ofAws = awsManagedPolicies.get(arn)
  return ofAws ? [{ version: 1, document: ofAws.document, createdAt }] : metadata.iam.versions(arn)
}

function versionShape({ defaultVersion }: ManagedPolicy, { version, createdAt }: PolicyVersion) {
  return {
    VersionId: `v${version}`,
    IsDefaultVersion: version === defaultVersion,
    CreateDate: createdAt,
  }
}

async function policyShape(policy: ManagedPolicy, { caller }: Call, { metadata }: Iam) {
  const everywhere = await metadata.iam.attachedTo(policy.arn)
  const attached = everywhere.filter(({ account }) => account === caller.account)
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: `v${policy.defaultVersion}`,
    AttachmentCount: attached.length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  }
}
