import type { EntityKind } from '../../core/iam/entity.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { type PagedInput, pageOf } from './iam-page.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'
import { tagMembers } from './tags.ts'

/** ListUserTags, ListRoleTags. @see IAM API reference */
export function listTagsOf(kind: EntityKind): IamAction<EntityRequest & PagedInput> {
  const operation = `List${nounOf(kind)}Tags`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      const { details } = await findRequested(kind, input, call, iam)
      const { rows, paging } = await pageOf(call, input, tagMembers(details.tags), ({ Key }) => Key)
      return { Tags: rows, ...paging }
    },
  }
}
