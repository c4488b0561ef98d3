import type { Iam } from '../../access/iam/iam.ts'
import type { Entity } from '../../core/iam/entity.ts'
import type { ManagedPolicy } from '../../core/iam/managed-policy.ts'
import type { Call } from '../service.ts'
import { encodeDocument } from './encode-document.ts'
import { entityShape, nounOf, roleLastUsed } from './entity-shape.ts'
import { policyShape, versionShape, versionsOf } from './policy-shape.ts'

/** A user, a group or a role with everything that hangs on it. @see IAM API reference, UserDetail, GroupDetail, RoleDetail */
export async function entityDetail(entity: Entity, { metadata }: Iam) {
  const { iam } = metadata
  const { id, kind } = entity
  const inline = await iam.inlinePolicies(id)
  const groups = kind === 'user' ? await iam.groupsOf(id) : []
  const { MaxSessionDuration: _, Description: __, ...shape } = await entityShape(entity, metadata)
  return {
    ...shape,
    ...roleLastUsed(entity),
    [`${nounOf(kind)}PolicyList`]: inline.map(({ name, text }) => ({
      PolicyName: name,
      PolicyDocument: encodeDocument(text),
    })),
    AttachedManagedPolicies: (await iam.attachments(id)).map((arn) => ({
      PolicyName: arn.slice(arn.lastIndexOf('/') + 1),
      PolicyArn: arn,
    })),
    ...(kind === 'user' && { GroupList: groups.map(({ name }) => name) }),
    ...(kind === 'role' && { InstanceProfileList: [] }),
  }
}

/** A managed policy with its versions. @see IAM API reference, ManagedPolicyDetail */
export async function policyDetail(policy: ManagedPolicy, call: Call, iam: Iam) {
  const versions = await versionsOf(policy, iam)
  return {
    ...(await policyShape(policy, call, iam)),
    Description: policy.description,
    PolicyVersionList: versions.map((version) => ({
      ...versionShape(policy, version),
      Document: encodeDocument(version.document),
    })),
  }
}
