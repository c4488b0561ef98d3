import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts'
import { beginSession } from '../../access/iam/begin-session.ts'
import { findManagedPolicy } from '../../access/iam/managed-policies.ts'
import { checkPolicyDocument } from '../../access/iam/policy-documents.ts'
import { managedPolicyText } from '../../access/iam/stored-identities.ts'
import { isRoot } from '../../access/principal.ts'
import { AccessDeniedError } from '../../core/errors.ts'
import { type Entity, entityArn, sessionArn } from '../../core/iam/entity.ts'
import { MalformedPolicyDocumentError, ValidationError } from '../../core/iam/iam-errors.ts'
import { isAccountId } from '../../core/names/account-id.ts'
import { parsePolicy } from '../../core/policies/parse-policy.ts'
import type { Checked } from '../checked.ts'
import type { Action, Call } from '../service.ts'
import { credentialsShape } from './session-shape.ts'
import type { StsContext } from './sts-context.ts'

type Input = Checked<AssumeRoleRequest>

const anHour = 3_600
const roleArn = /^arn:aws:iam::([0-9]{12}):role\/(?:.*\/)?([^/]+)$/

/**
 * Begins a session of a role, for whoever the role's trust policy and their own policies let.
 *
 * @see AWS STS API reference, AssumeRole
 */
export const assumeRole: Action<StsContext, Input, AssumeRoleResponse> = {
  operation: 'AssumeRole',
  // The role's trust policy has a say, which only the role tells: decided below.
  permissions: () => [],
  async run(input, call, context) {
    refuseWhatIsNotOffered(input)
    const role = await trustedRole(input, call, context)
    const seconds = input.DurationSeconds ?? anHour
    checkDuration(seconds, role, call)
    const { RoleSessionName: name } = input
    const session = {
      arn: sessionArn(role, name),
      userId: `${role.id}:${name}`,
      policies: await sessionPolicies(input, role, context),
    }
    const credentials = await beginSession(context.iam, role, { session, seconds })
    return {
      Credentials: credentialsShape(credentials),
      AssumedRoleUser: { AssumedRoleId: session.userId, Arn: session.arn },
    }
  },
}

/** Whether there is no such role or the caller is not let can't be told from the answer. @throws AccessDeniedError */
async function trustedRole(input: Input, call: Call, context: StsContext): Promise<Entity> {
  const { caller } = call
  if (isRoot(caller)) throw new AccessDeniedError('Roles may not be assumed by root accounts.')
  const role = await findRole(input.RoleArn, context)
  if (role !== undefined && (await isTrusted(role, input, call, context))) return role
  throw new AccessDeniedError(
    `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`,
  )
}

async function findRole(arn: string, { iam }: StsContext): Promise<Entity | undefined> {
  const [, account = '', name = ''] = roleArn.exec(arn) ?? []
  if (!isAccountId(account)) return undefined
  const role = await iam.metadata.iam.entity(account, 'role', name)
  return role && entityArn(role) === arn ? role : undefined
}

async function isTrusted(
  role: Entity,
  { RoleSessionName, ExternalId }: Input,
  { caller: who, surroundings }: Call,
  { authoriser }: StsContext,
): Promise<boolean> {
  const document = parsePolicy(role.details.trustPolicy ?? '', 'trust')
  const permission = {
    action: 'sts:AssumeRole',
    resource: entityArn(role),
    owner: role.account,
    context: {
      'sts:RoleSessionName': RoleSessionName,
      ...(ExternalId !== undefined && { 'sts:ExternalId': ExternalId }),
    },
  }
  const trust = { name: `the trust policy of role ${role.name}`, document }
  const { allowed } = await authoriser.decideByTrust({ who, permission, surroundings }, trust)
  return allowed
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

async function sessionPolicies(
  { Policy: inline, PolicyArns: arns = [] }: Input,
  { account }: Entity,
  { iam: { metadata } }: StsContext,
): Promise<string[]> {
  if (inline !== undefined) checkPolicyDocument(inline, 'identity')
  const texts = inline === undefined ? [] : [inline]
  for (const { arn = '' } of arns) {
    const known = await findManagedPolicy(metadata, account, arn)
    const text = known && (await managedPolicyText(metadata, arn))
    if (text === undefined) throw new MalformedPolicyDocumentError(`Policy ${arn} was not found.`)
    texts.push(text)
  }
  return texts
}

/** What would change who may do what, and isn't kept, is refused rather than passed over. @throws ValidationError */
function refuseWhatIsNotOffered({ Tags, SerialNumber, TokenCode, SourceIdentity }: Input): void {
  if (Tags && Tags.length > 0) throw new ValidationError('Session tags are not offered by this server')
  if (SourceIdentity !== undefined) {
    throw new ValidationError('Source identities are not offered by this server')
  }
  if (SerialNumber !== undefined || TokenCode !== undefined) {
    throw new ValidationError('MFA devices are not offered by this server')
  }
}
