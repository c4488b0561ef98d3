import type { GetCallerIdentityRequest, GetCallerIdentityResponse } from '@aws-sdk/client-sts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'

/**
 * Who the signature of this call belongs to. It needs no permission, and no policy can forbid it.
 *
 * @see AWS STS API reference, GetCallerIdentity
 */
export const getCallerIdentity: Action<
  object,
  Checked<GetCallerIdentityRequest>,
  GetCallerIdentityResponse
> = {
  operation: 'GetCallerIdentity',
  permissions: () => [],
  run: async (_input, { caller }) => ({ UserId: caller.userId, Account: caller.account, Arn: caller.arn }),
}
