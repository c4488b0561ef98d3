const session = /^arn:([^:]+):sts::(\d{12}):assumed-role\/([^/]+)\//

/**
 * The ARN of the role that a session is of, or undefined for whoever is no session of a role. It has no path: a session doesn't tell the
 * path of its role, and a role's name is unique in its account without it.
 */
export function roleOfSession(principalArn: string): string | undefined {
  const [, partition, account, role] = session.exec(principalArn) ?? []
  return role === undefined ? undefined : `arn:${partition}:iam::${account}:role/${role}`
}

/** A role's ARN as sessions tell it; any other ARN as it is. */
export function withoutRolePath(arn: string): string {
  return arn.replace(/:role\/.*\//, ':role/')
}
