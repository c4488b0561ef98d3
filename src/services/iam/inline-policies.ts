import { findEntity } from '../../access/iam/entities.ts'
import { changeIam } from '../../access/iam/iam.ts'
import { checkPolicyDocument, checkPolicySize } from '../../access/iam/policy-documents.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import { NoSuchEntityError } from '../../core/iam/iam-errors.ts'
import { nounOf } from './entities.ts'
import { encodeDocument } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { findRequested, onEntity, requestedEntity } from './requested-entity.ts'

/** Characters of all inline policies of one entity together. @see IAM user guide, "IAM and AWS STS quotas" */
const limits = { user: 2_048, group: 5_120, role: 10_240 } as const

interface PolicyRequest extends EntityRequest {
  readonly PolicyName: string
}

/** PutUserPolicy, PutGroupPolicy, PutRolePolicy. */
export function putPolicyOf(
  kind: EntityKind,
): IamAction<PolicyRequest & { readonly PolicyDocument: string }> {
  const operation = `Put${nounOf(kind)}Policy`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      const { PolicyName: name, PolicyDocument: text } = input
      checkPolicyDocument(text, 'identity')
      await changeIam(iam, async (tx) => {
        const { id } = await findEntity(tx, requestedEntity(kind, input, call))
        const others = (await tx.iam.inlinePolicies(id)).filter((policy) => policy.name !== name)
        const texts = [...others.map((policy) => policy.text), text]
        checkPolicySize(texts, limits[kind], `PolicySizePer${nounOf(kind)}`)
        await tx.iam.putInlinePolicy(id, { name, text })
      })
      return {}
    },
  }
}

/** GetUserPolicy, GetGroupPolicy, GetRolePolicy. */
export function getPolicyOf(kind: EntityKind): IamAction<PolicyRequest> {
  const operation = `Get${nounOf(kind)}Policy`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      const { id, name: entityName } = await findRequested(kind, input, call, iam)
      const { PolicyName } = input
      const policies = await iam.metadata.iam.inlinePolicies(id)
      const policy = policies.find(({ name }) => name === PolicyName)
      if (policy === undefined) throw noSuchInlinePolicy(kind, PolicyName)
      return {
        [`${nounOf(kind)}Name`]: entityName,
        PolicyName,
        PolicyDocument: encodeDocument(policy.text),
      }
    },
  }
}

/** ListUserPolicies, ListGroupPolicies, ListRolePolicies. */
export function listPoliciesOf(kind: EntityKind): IamAction<EntityRequest> {
  const operation = `List${nounOf(kind)}Policies`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      const { id } = await findRequested(kind, input, call, iam)
      const policies = await iam.metadata.iam.inlinePolicies(id)
      return { PolicyNames: policies.map(({ name }) => name), IsTruncated: false }
    },
  }
}

/** DeleteUserPolicy, DeleteGroupPolicy, DeleteRolePolicy. */
export function deletePolicyOf(kind: EntityKind): IamAction<PolicyRequest> {
  const operation = `Delete${nounOf(kind)}Policy`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      await changeIam(iam, async (tx) => {
        const { id } = await findEntity(tx, requestedEntity(kind, input, call))
        const deleted = await tx.iam.deleteInlinePolicy(id, input.PolicyName)
        if (!deleted) throw noSuchInlinePolicy(kind, input.PolicyName)
      })
      return {}
    },
  }
}

function noSuchInlinePolicy(kind: EntityKind, name: string): NoSuchEntityError {
  return new NoSuchEntityError(`The ${kind} policy with name ${name} cannot be found.`)
}
