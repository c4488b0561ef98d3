import { updateEntity } from '../../access/iam/entities.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onEntity } from './permissions.ts'
import { requestedEntity } from './requested-entity.ts'
import { mergeTags, readTags, type TagMember } from './tags.ts'

/** TagUser, TagRole. @see IAM API reference */
export function tagOf(kind: EntityKind): IamAction<EntityRequest & { readonly Tags: readonly TagMember[] }> {
  const operation = `Tag${nounOf(kind)}`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      const put = readTags(input.Tags)
      await updateEntity(iam, requestedEntity(kind, input, call), ({ details }) => ({
        details: { ...details, tags: mergeTags(details.tags, put) },
      }))
      return {}
    },
  }
}
