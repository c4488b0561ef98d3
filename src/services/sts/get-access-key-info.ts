import type { GetAccessKeyInfoRequest, GetAccessKeyInfoResponse } from '@aws-sdk/client-sts'
import { ValidationError } from '../../core/iam/iam-errors.ts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'
import type { StsContext } from './sts-context.ts'

/**
 * Tells which account an access key belongs to; whether it is in force it doesn't tell.
 *
 * @see AWS STS API reference, GetAccessKeyInfo
 */
export const getAccessKeyInfo: Action<
  StsContext,
  Checked<GetAccessKeyInfoRequest>,
  GetAccessKeyInfoResponse
> = {
  operation: 'GetAccessKeyInfo',
  permissions: (_input, { caller }) => [
    { action: 'sts:GetAccessKeyInfo', resource: '*', owner: caller.account },
  ],
  async run({ AccessKeyId: id }, _call, { iam: { metadata }, accessKeys }) {
    const inForce = await accessKeys.find(id)
    if (inForce !== undefined) return { Account: inForce.principal.account }
    const credential = await metadata.iam.credential(id)
    if (credential === undefined) throw new ValidationError(`The access key ${id} is unknown`)
    return { Account: credential.account }
  },
}
