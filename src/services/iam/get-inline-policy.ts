import type { EntityKind } from '../../core/iam/entity.ts'
import { encodeDocument } from './encode-document.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { noSuchInlinePolicy } from './no-such-inline-policy.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'

/** GetUserPolicy, GetGroupPolicy, GetRolePolicy. @see IAM API reference */
export function getPolicyOf(kind: EntityKind): IamAction<EntityRequest & { readonly PolicyName: string }> {
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
      const named = { [`${nounOf(kind)}Name`]: entityName, PolicyName }
      return { ...named, PolicyDocument: encodeDocument(policy.text) }
    },
  }
}
