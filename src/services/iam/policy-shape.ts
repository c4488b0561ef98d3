import type { Iam } from '../../access/iam/iam.ts'
import { awsManagedPolicies } from '../../core/iam/aws-managed-policies.ts'
import type { ManagedPolicy, PolicyVersion } from '../../core/iam/managed-policy.ts'
import type { Call } from '../service.ts'

/** A managed policy as IAM's answers have it, with how often the caller's account uses it. */
export async function policyShape(policy: ManagedPolicy, { caller }: Call, { metadata }: Iam) {
  const isOwn = ({ account }: { readonly account: string }) => account === caller.account
  const attached = (await metadata.iam.attachedTo(policy.arn)).filter(isOwn)
  const bounded = (await metadata.iam.boundedBy(policy.arn)).filter(isOwn)
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: `v${policy.defaultVersion}`,
    AttachmentCount: attached.length,
    PermissionsBoundaryUsageCount: bounded.length,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.updatedAt,
  }
}

export function versionShape({ defaultVersion }: ManagedPolicy, { version, createdAt }: PolicyVersion) {
  return {
    VersionId: `v${version}`,
    IsDefaultVersion: version === defaultVersion,
    CreateDate: createdAt,
  }
}

/** The versions of a policy, the newest first; each of AWS's own has one. */
export async function versionsOf(
  { arn, createdAt }: ManagedPolicy,
  { metadata }: Iam,
): Promise<PolicyVersion[]> {
  const ofAws = awsManagedPolicies.get(arn)
  return ofAws ? [{ version: 1, document: ofAws.document, createdAt }] : metadata.iam.versions(arn)
}
