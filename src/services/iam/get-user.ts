import { isRoot } from '../../access/principal.ts'
import { getOf } from './get-entity.ts'
import type { EntityRequest, IamAction } from './iam-action.ts'
import { onAccount } from './permissions.ts'

const named = getOf('user')
/** When an account began is known of none: they are there without anybody making them. */
const always = new Date(0)

/** A user, or whoever calls: the account's root as well. @see IAM API reference, GetUser */
export const getUser: IamAction<EntityRequest> = {
  operation: 'GetUser',
  permissions: (input, call, iam) =>
    isAboutRoot(input, call) ? onAccount('GetUser')(input, call) : named.permissions(input, call, iam),
  async run(input, call, iam) {
    if (!isAboutRoot(input, call)) return named.run(input, call, iam)
    const { account, arn } = call.caller
    return { User: { UserId: account, Arn: arn, CreateDate: always } }
  },
}

function isAboutRoot({ UserName }: EntityRequest, { caller }: Parameters<typeof named.run>[1]): boolean {
  return UserName === undefined && isRoot(caller)
}
