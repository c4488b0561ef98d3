import { findEntity } from '../../access/iam/find-entity.ts'
import { changeIam } from '../../access/iam/iam.ts'
import { checkPolicyDocument, checkPolicySize } from '../../access/iam/policy-documents.ts'
import { requireModifiable } from '../../access/iam/require-modifiable.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'

/** Characters of all inline policies of one entity together. @see IAM user guide, "IAM and AWS STS quotas" */
const limits = { user: 2_048, group: 5_120, role: 10_240 } as const

/** PutUserPolicy, PutGroupPolicy, PutRolePolicy. @see IAM API reference */
export function putPolicyOf(
  kind: EntityKind,
): IamAction<EntityRequest & { readonly PolicyName: string; readonly PolicyDocument: string }> {
  const operation = `Put${nounOf(kind)}Policy`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      const { PolicyName: name, PolicyDocument: text } = input
      checkPolicyDocument(text, 'identity')
      await changeIam(iam, async (tx) => {
        const entity = await findEntity(tx, requestedEntity(kind, input, call))
        requireModifiable(entity)
        const others = (await tx.iam.inlinePolicies(entity.id)).filter((policy) => policy.name !== name)
        const texts = [...others.map((policy) => policy.text), text]
        checkPolicySize(texts, limits[kind], `PolicySizePer${nounOf(kind)}`)
        await tx.iam.putInlinePolicy(entity.id, { name, text })
      })
      return {}
    },
  }
}
