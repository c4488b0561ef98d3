import { beginSession } from '../../access/iam/begin-session.ts'
import type { Iam } from '../../access/iam/iam.ts'
import { type Entity, sessionArn } from '../../core/iam/entity.ts'
import { ValidationError } from '../../core/iam/iam-errors.ts'
import type { StoredSession } from '../../stores/metadata/iam.ts'
import { packedSize, type SessionPoliciesRequest, sessionPolicies } from './session-policies.ts'
import { credentialsShape } from './session-shape.ts'
import type { SessionTags } from './session-tags.ts'

const anHour = 3_600

/** What a request says of the session of a role, by STS's names. */
export interface RoleSessionRequest extends SessionPoliciesRequest {
  readonly RoleSessionName: string
  readonly DurationSeconds?: number
}

/** What a session of a role is begun with besides. */
export type RoleSessionFacts = SessionTags & Pick<StoredSession, 'sourceIdentity' | 'webIdentity'>

/**
 * Begins a session of a role.
 *
 * @returns what AssumeRole and its siblings answer in common
 * @throws ValidationError for one that is to last longer than the role lets it, MalformedPolicyDocumentError, PackedPolicyTooLargeError
 */
export async function beginRoleSession(
  iam: Iam,
  role: Entity,
  request: RoleSessionRequest,
  { tags, transitiveTagKeys, sourceIdentity, webIdentity }: RoleSessionFacts,
) {
  const { RoleSessionName: name, DurationSeconds: seconds = anHour } = request
  if (seconds > (role.details.maxSession ?? anHour)) {
    throw new ValidationError(
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    )
  }
  const PackedPolicySize = packedSize(request, tags)
  const session = {
    arn: sessionArn(role, name),
    userId: `${role.id}:${name}`,
    policies: await sessionPolicies(request, role.account, iam),
    tags,
    transitiveTagKeys,
    sourceIdentity,
    ...(webIdentity && { webIdentity }),
  }
  const credentials = await beginSession(iam, role, { session, seconds })
  return {
    Credentials: credentialsShape(credentials),
    AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    PackedPolicySize,
    SourceIdentity: sourceIdentity,
  }
}
