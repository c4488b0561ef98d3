import { updateEntity } from '../../access/iam/entities.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'
import { withoutTags } from './tags.ts'

/** UntagUser, UntagRole. @see IAM API reference */
export function untagOf(
  kind: EntityKind,
): IamAction<EntityRequest & { readonly TagKeys: readonly string[] }> {
  const operation = `Untag${nounOf(kind)}`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      await updateEntity(iam, requestedEntity(kind, input, call), ({ details }) => ({
        details: { ...details, tags: withoutTags(details.tags, input.TagKeys) },
      }))
      return {}
    },
  }
}
