import type { GetFederationTokenRequest, GetFederationTokenResponse } from '@aws-sdk/client-sts'
import { beginSession } from '../../access/iam/begin-session.ts'
import { isRoot, isTemporary } from '../../access/principal.ts'
import { tagConditions } from '../../access/tag-conditions.ts'
import { federatedUserArn } from '../../core/iam/entity.ts'
import { AccessDeniedError } from '../../core/policies/errors.ts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'
import { packedSize, sessionPolicies } from './session-policies.ts'
import { credentialsShape } from './session-shape.ts'
import { sessionTags } from './session-tags.ts'
import type { StsContext } from './sts-context.ts'

const twelveHours = 43_200
const longestOfRoot = 3_600

type Input = Checked<GetFederationTokenRequest>

/**
 * Gives credentials that end to someone whom IAM doesn't know: they may what both the caller and the policies of the request allow, and
 * nothing without such policies but what resources' policies give them.
 *
 * @see AWS STS API reference, GetFederationToken
 */
export const getFederationToken: Action<StsContext, Input, GetFederationTokenResponse> = {
  operation: 'GetFederationToken',
  permissions({ Name: name, Tags: given }, { caller: { account } }) {
    const { tags } = sessionTags({ Tags: given ?? [] })
    const actions = ['sts:GetFederationToken', ...(Object.keys(tags).length > 0 ? ['sts:TagSession'] : [])]
    return actions.map((action) => ({
      action,
      resource: federatedUserArn(account, name),
      owner: account,
      context: tagConditions(new Map(Object.entries(tags))),
    }))
  },
  async run(input, { caller }, { iam }) {
    if (isTemporary(caller)) {
      throw new AccessDeniedError('Cannot call GetFederationToken with session credentials')
    }
    const { account, userId: callerId, keyId } = caller
    const { Name: name, DurationSeconds: asked = twelveHours, Tags: given = [] } = input
    const { tags } = sessionTags({ Tags: given })
    const PackedPolicySize = packedSize(input, tags)
    const arn = federatedUserArn(account, name)
    const userId = `${account}:${name}`
    const policies = await sessionPolicies(input, account, iam)
    const session = { arn, userId, policies, keyId, tags, federated: true } as const
    const of = { account, id: isRoot(caller) ? undefined : callerId }
    const seconds = isRoot(caller) ? Math.min(asked, longestOfRoot) : asked
    const credentials = await beginSession(iam, of, { session, seconds })
    return {
      Credentials: credentialsShape(credentials),
      FederatedUser: { FederatedUserId: userId, Arn: arn },
      PackedPolicySize,
    }
  },
}
