import type { Permission } from '../../access/permission.ts'
import { tagConditions } from '../../access/tag-conditions.ts'
import { ValidationError } from '../../core/iam/iam-errors.ts'
import { parseRoleArn } from '../../core/iam/role-arn.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { SessionTags } from './session-tags.ts'

/** What somebody wants who wants a session of a role. */
export interface WantedRole {
  readonly RoleArn: string
  readonly RoleSessionName: string
}

/** Whose role an ARN names. @throws ValidationError for what is no role's */
export function accountOfRole({ RoleArn }: Pick<WantedRole, 'RoleArn'>): AccountId {
  const owner = parseRoleArn(RoleArn)?.account
  if (owner === undefined) throw new ValidationError(`${RoleArn} is invalid`)
  return owner
}

/**
 * What a session of a role needs to be allowed: the session itself, and the tags and the source identity that it brings along. The
 * role's trust policy has a say in all of them.
 *
 * @throws ValidationError for what is no role's ARN
 */
export function rolePermissions(
  assume: `sts:AssumeRole${string}`,
  wanted: WantedRole,
  { tags, transitiveTagKeys, sourceIdentity }: SessionTags & { readonly sourceIdentity?: string | undefined },
  context: Permission['context'] = {},
): readonly Permission[] {
  const owner = accountOfRole(wanted)
  const values = {
    ...context,
    ...tagConditions(new Map(Object.entries(tags))),
    'sts:RoleSessionName': wanted.RoleSessionName,
    ...(sourceIdentity !== undefined && { 'sts:SourceIdentity': sourceIdentity }),
    ...(transitiveTagKeys.length > 0 && { 'sts:TransitiveTagKeys': transitiveTagKeys }),
  }
  const actions = [
    assume,
    ...(Object.keys(tags).length > 0 ? ['sts:TagSession'] : []),
    ...(sourceIdentity !== undefined ? ['sts:SetSourceIdentity'] : []),
  ]
  return actions.map((action) => ({ action, resource: wanted.RoleArn, owner, context: values }))
}
