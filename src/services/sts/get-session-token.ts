import type { GetSessionTokenRequest, GetSessionTokenResponse } from '@aws-sdk/client-sts'
import { beginSession } from '../../access/iam/begin-session.ts'
import { isRoot } from '../../access/principal.ts'
import { AccessDeniedError } from '../../core/errors.ts'
import { ValidationError } from '../../core/iam/iam-errors.ts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'
import { credentialsShape } from './session-shape.ts'
import type { StsContext } from './sts-context.ts'

const twelveHours = 43_200

/**
 * Gives a user credentials that end, and that are worth what the user's own are. It needs no permission.
 *
 * @see AWS STS API reference, GetSessionToken
 */
export const getSessionToken: Action<StsContext, Checked<GetSessionTokenRequest>, GetSessionTokenResponse> = {
  operation: 'GetSessionToken',
  permissions: () => [],
  async run({ DurationSeconds: seconds = twelveHours, SerialNumber, TokenCode }, { caller }, { iam }) {
    if (SerialNumber !== undefined || TokenCode !== undefined) {
      throw new ValidationError('MFA devices are not offered by this server')
    }
    if (caller.role !== undefined || caller.keyId?.startsWith('ASIA')) {
      throw new AccessDeniedError('Cannot call GetSessionToken with session credentials')
    }
    if (isRoot(caller)) {
      throw new ValidationError("Session tokens of an account's root are not offered by this server")
    }
    const session = { arn: caller.arn, userId: caller.userId, policies: [] }
    const credentials = await beginSession(iam, { id: caller.userId }, { session, seconds })
    return { Credentials: credentialsShape(credentials) }
  },
}
