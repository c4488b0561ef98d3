import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts'
import { beginSession } from '../../access/iam/begin-session.ts'
import { findRole } from '../../access/iam/find-role.ts'
import type { Iam } from '../../access/iam/iam.ts'
import type { Permission } from '../../access/permission.ts'
import { isRoot } from '../../access/principal.ts'
import { tagConditions } from '../../access/tag-conditions.ts'
import { AccessDeniedError } from '../../core/errors.ts'
import { type Entity, sessionArn } from '../../core/iam/entity.ts'
import { noSuch, ValidationError } from '../../core/iam/iam-errors.ts'
import { parseRoleArn } from '../../core/iam/role-arn.ts'
import type { Checked } from '../checked.ts'
import type { Action, Call } from '../service.ts'
import { callingSession } from './calling-session.ts'
import { refuseMfa } from './refuse-mfa.ts'
import { packedSize, sessionPolicies } from './session-policies.ts'
import { credentialsShape } from './session-shape.ts'
import { sessionTags } from './session-tags.ts'
import type { StsContext } from './sts-context.ts'

type Input = Checked<AssumeRoleRequest>

const anHour = 3_600

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
    const { tags, sourceIdentity, transitiveTagKeys } = await facts(input, call, iam)
    const { RoleSessionName: name, DurationSeconds: seconds = anHour } = input
    checkDuration(seconds, role, call)
    const PackedPolicySize = packedSize(input, tags)
    const session = {
      arn: sessionArn(role, name),
      userId: `${role.id}:${name}`,
      policies: await sessionPolicies(input, role.account, iam),
      tags,
      transitiveTagKeys,
      sourceIdentity,
    }
    const credentials = await beginSession(iam, role, { session, seconds })
    return {
      Credentials: credentialsShape(credentials),
      AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
      PackedPolicySize,
      SourceIdentity: sourceIdentity,
    }
  },
}

/** The role's trust policy has a say in all of them. */
async function permissions(input: Input, call: Call, context: StsContext): Promise<readonly Permission[]> {
  refuseMfa(input)
  if (input.ProvidedContexts && input.ProvidedContexts.length > 0) {
    throw new ValidationError('Trusted identity propagation is not offered by this server')
  }
  if (isRoot(call.caller)) throw new AccessDeniedError('Roles may not be assumed by root accounts.')
  const owner = parseRoleArn(input.RoleArn)?.account
  if (owner === undefined) throw new ValidationError(`${input.RoleArn} is invalid`)
  const { tags, sourceIdentity, transitiveTagKeys } = await facts(input, call, context.iam)
  const values = {
    ...tagConditions(new Map(Object.entries(tags))),
    'sts:RoleSessionName': input.RoleSessionName,
    ...(input.ExternalId !== undefined && { 'sts:ExternalId': input.ExternalId }),
    ...(sourceIdentity !== undefined && { 'sts:SourceIdentity': sourceIdentity }),
    ...(transitiveTagKeys.length > 0 && { 'sts:TransitiveTagKeys': transitiveTagKeys }),
  }
  const actions = [
    'sts:AssumeRole',
    ...(Object.keys(tags).length > 0 ? ['sts:TagSession'] : []),
    ...(sourceIdentity !== undefined ? ['sts:SetSourceIdentity'] : []),
  ]
  return actions.map((action) => ({ action, resource: input.RoleArn, owner, context: values }))
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

/** @throws ValidationError */
function checkDuration(seconds: number, role: Entity, { caller }: Call): void {
  if (seconds > (role.details.maxSession ?? anHour)) {
    throw new ValidationError(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  }
  if (caller.role !== undefined && seconds > anHour) {
    throw new ValidationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    )
  }
}
