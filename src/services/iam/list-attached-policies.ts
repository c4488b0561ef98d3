import type { EntityKind } from '../../core/iam/entity.ts'
import { nounOf } from './entity-shape.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { type PagedInput, pageOf } from './iam-page.ts'
import { onEntity } from './permissions.ts'
import { findRequested } from './requested-entity.ts'

/** The name of a policy and the path before it, from its ARN. */
const inArn = /:policy(?<path>\/(?:.*\/)?)(?<name>[^/]+)$/

/** ListAttachedUserPolicies, ListAttachedGroupPolicies, ListAttachedRolePolicies. @see IAM API reference */
export function listAttachedOf(
  kind: EntityKind,
): IamAction<EntityRequest & PagedInput & { readonly PathPrefix?: string }> {
  const operation = `ListAttached${nounOf(kind)}Policies`
  return {
    operation,
    permissions: onEntity(kind, operation),
    async run(input, call, iam) {
      const { id } = await findRequested(kind, input, call, iam)
      const { PathPrefix: prefix = '/' } = input
      const attached = (await iam.metadata.iam.attachments(id)).map(readArn)
      const below = attached.filter(({ path }) => path.startsWith(prefix))
      const { rows, paging } = await pageOf(call, input, below, ({ arn }) => arn)
      return {
        AttachedPolicies: rows.map(({ arn, name }) => ({ PolicyArn: arn, PolicyName: name })),
        ...paging,
      }
    },
  }
}

function readArn(arn: string) {
  const { path = '/', name = '' } = inArn.exec(arn)?.groups ?? {}
  return { arn, path, name }
}
