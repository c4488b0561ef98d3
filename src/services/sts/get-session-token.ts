import type { GetSessionTokenRequest, GetSessionTokenResponse } from '@aws-sdk/client-sts'
import { beginSession } from '../../access/iam/begin-session.ts'
import { isRoot, isTemporary } from '../../access/principal.ts'
import { AccessDeniedError } from '../../core/policies/errors.ts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'
import { refuseMfa } from './refuse-mfa.ts'
import { credentialsShape } from './session-shape.ts'
import type { StsContext } from './sts-context.ts'

const twelveHours = 43_200
const longestOfRoot = 3_600

/**
 * Gives a user or an account's root credentials that end, and that are worth what the caller's own are: a root's after an hour at the
 * latest. It needs no permission.
 *
 * @see AWS STS API reference, GetSessionToken
 */
export const getSessionToken: Action<StsContext, Checked<GetSessionTokenRequest>, GetSessionTokenResponse> = {
  operation: 'GetSessionToken',
  permissions: () => [],
  async run(input, { caller }, { iam }) {
    refuseMfa(input)
    if (isTemporary(caller)) {
      throw new AccessDeniedError('Cannot call GetSessionToken with session credentials')
    }
    const { account, arn, userId, keyId } = caller
    const { DurationSeconds: asked = twelveHours } = input
    const seconds = isRoot(caller) ? Math.min(asked, longestOfRoot) : asked
    const session = { arn, userId, policies: [], keyId }
    const of = { account, id: isRoot(caller) ? undefined : userId }
    return { Credentials: credentialsShape(await beginSession(iam, of, { session, seconds })) }
  },
}
