import { awsManagedPolicies } from '../../core/iam/aws-managed-policies.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

/** The document of a managed policy's default version, AWS's own included; undefined where there is no such policy. */
export async function managedPolicyText(
  { iam }: Pick<MetadataReader, 'iam'>,
  arn: string,
): Promise<string | undefined> {
  const ofAws = awsManagedPolicies.get(arn)
  if (ofAws) return ofAws.document
  const policy = await iam.policy(arn)
  return policy && (await iam.version(arn, policy.defaultVersion))?.document
}
