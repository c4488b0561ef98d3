import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts'
import { findRole } from '../../access/iam/find-role.ts'
import type { Iam } from '../../access/iam/iam.ts'
import type { Permission } from '../../access/permission.ts'
import { isRoot } from '../../access/principal.ts'
import { noSuch, ValidationError } from '../../core/iam/iam-errors.ts'
import { AccessDeniedError } from '../../core/policies/errors.ts'
import type { Checked } from '../checked.ts'
import type { Action, Call } from '../service.ts'
import { beginRoleSession } from './begin-role-session.ts'
import { callingSession } from './calling-session.ts'
import { refuseMfa } from './refuse-mfa.ts'
import { rolePermissions } from './role-permissions.ts'
import { sessionTags } from './session-tags.ts'
import type { StsContext } from './sts-context.ts'

type Input = Checked<AssumeRoleRequest>

const longestOfChained = 3_600

/**
 * Begins a session of a role, for whoever the role's trust policy and their own policies let. Whether there is no such role or the
 * caller is not let can't be told from the answer.
 *
 * @see AWS STS API reference, AssumeRole
 */
export const assumeRole: Action<StsContext, Input, AssumeRoleResponse> = {
  operation: 'AssumeRole',
  permissions,
  async run(input, call, { iam }) {
    const role = await findRole(iam.metadata, input.RoleArn)
    if (role === undefined) throw noSuch('role', input.RoleArn)
    if (call.caller.role !== undefined && (input.DurationSeconds ?? 0) > longestOfChained) {
      throw new ValidationError(
        'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
      )
    }
    return beginRoleSession(iam, role, input, await facts(input, call, iam))
  },
}

/** The role's trust policy has a say in all of them. */
async function permissions(input: Input, call: Call, context: StsContext): Promise<readonly Permission[]> {
  refuseMfa(input)
  if (input.ProvidedContexts && input.ProvidedContexts.length > 0) {
    throw new ValidationError('Trusted identity propagation is not offered by this server')
  }
  if (isRoot(call.caller)) throw new AccessDeniedError('Roles may not be assumed by root accounts.')
  const { ExternalId: externalId } = input
  const asked = externalId === undefined ? {} : { 'sts:ExternalId': externalId }
  return rolePermissions('sts:AssumeRole', input, await facts(input, call, context.iam), asked)
}

/** What the session is called and tagged by, the calling session's share among it. */
async function facts(input: Input, call: Call, iam: Iam) {
  const from = await callingSession(call, iam)
  const sourceIdentity = from?.sourceIdentity ?? input.SourceIdentity
  if (input.SourceIdentity !== undefined && sourceIdentity !== input.SourceIdentity) {
    throw new ValidationError('The SourceIdentity of a session cannot be changed by role chaining')
  }
  return { ...sessionTags(input, from), sourceIdentity }
}
