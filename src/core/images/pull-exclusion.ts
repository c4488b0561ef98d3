import { roleOfSession, withoutRolePath } from '../iam/role-of-session.ts'

/**
 * Whether pulls by a principal leave no trace in lastRecordedPullTime: it is named itself, or it is a session of a role that is, the
 * role's path aside.
 *
 * @param exclusions ARNs of roles and users
 * @see Amazon ECR API reference, RegisterPullTimeUpdateExclusion
 */
export function isExcludedFromPullTimes(exclusions: readonly string[], principalArn: string): boolean {
  if (exclusions.includes(principalArn)) return true
  const role = roleOfSession(principalArn)
  return role !== undefined && exclusions.some((arn) => withoutRolePath(arn) === role)
}
