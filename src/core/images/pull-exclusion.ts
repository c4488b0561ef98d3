const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//

/**
 * Whether pulls by a principal leave no trace in lastRecordedPullTime: it is named itself, or it is a session of a role that is. A
 * session doesn't tell the path of its role, and a role's name is unique in its account without it.
 *
 * @param exclusions ARNs of roles and users
 * @see Amazon ECR API reference, RegisterPullTimeUpdateExclusion
 */
export function isExcludedFromPullTimes(exclusions: readonly string[], principalArn: string): boolean {
  if (exclusions.includes(principalArn)) return true
  const [, partition, account, role] = session.exec(principalArn) ?? []
  if (role === undefined) return false
  const roles = `arn:${partition}:iam::${account}:role/`
  return exclusions.some((arn) => arn.startsWith(roles) && arn.split('/').at(-1) === role)
}
