import type { AssumeRoleWithWebIdentityRequest, AssumeRoleWithWebIdentityResponse } from '@aws-sdk/client-sts'
import { findRole } from '../../access/iam/find-role.ts'
import { noSuch, ValidationError } from '../../core/iam/iam-errors.ts'
import { lastingValues, type WebIdentity } from '../../core/iam/web-identity.ts'
import type { Checked } from '../checked.ts'
import type { UnsignedAction } from '../service.ts'
import { beginRoleSession } from './begin-role-session.ts'
import { accountOfRole, rolePermissions } from './role-permissions.ts'
import { sessionTags } from './session-tags.ts'
import type { StsContext } from './sts-context.ts'

type Input = Checked<AssumeRoleWithWebIdentityRequest>

/**
 * Begins a session of a role, for whoever has a token (OpenID Connect) of an issuer that the role's account believes and the role's trust
 * policy names. Whether there is no such role or the bearer is not let can't be told from the answer.
 *
 * @see AWS STS API reference, AssumeRoleWithWebIdentity
 */
export const assumeRoleWithWebIdentity: UnsignedAction<
  StsContext,
  Input,
  AssumeRoleWithWebIdentityResponse,
  WebIdentity
> = {
  operation: 'AssumeRoleWithWebIdentity',
  identify(input, { webIdentities }) {
    if (input.ProviderId !== undefined) {
      throw new ValidationError(
        'Only OpenID Connect tokens are taken here, and those come without a ProviderId',
      )
    }
    return webIdentities.verify(input.WebIdentityToken, accountOfRole(input))
  },
  permissions: (input, who) =>
    rolePermissions('sts:AssumeRoleWithWebIdentity', input, factsOf(who), who.values),
  async run(input, who, { iam }) {
    const role = await findRole(iam.metadata, input.RoleArn)
    if (role === undefined) throw noSuch('role', input.RoleArn)
    const webIdentity = { provider: who.provider, values: lastingValues(who) }
    return {
      ...(await beginRoleSession(iam, role, input, { ...factsOf(who), webIdentity })),
      SubjectFromWebIdentityToken: who.subject,
      Provider: who.provider,
      Audience: who.audience,
    }
  },
}

function factsOf({ tags: Tags, transitiveTagKeys: TransitiveTagKeys, sourceIdentity }: WebIdentity) {
  return { ...sessionTags({ Tags, TransitiveTagKeys }), sourceIdentity }
}
