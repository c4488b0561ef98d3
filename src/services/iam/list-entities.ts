import type { EntityKind } from '../../core/iam/entity.ts'
import { listedShape, nounOf, withShownTrust } from './entity-shape.ts'
import type { IamAction } from './iam-action.ts'
import { type PagedInput, readIamPage } from './iam-page.ts'
import { onPath } from './permissions.ts'

/** ListUsers, ListGroups, ListRoles, by name. @see IAM API reference */
export function listOf(kind: EntityKind): IamAction<PagedInput & { readonly PathPrefix?: string }> {
  const plural = `${nounOf(kind)}s`
  return {
    operation: `List${plural}`,
    permissions: onPath(kind, `List${plural}`),
    async run(input, call, { metadata }) {
      const { account } = call.caller
      const pathPrefix = input.PathPrefix
      const { rows, paging } = await readIamPage(call, input, (page) =>
        metadata.iam.entities(account, kind, { ...page, pathPrefix }),
      )
      const shown = await withShownTrust(rows, metadata)
      return { [plural]: shown.map(listedShape), ...paging }
    },
  }
}
