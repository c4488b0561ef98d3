import type { Caller } from '../core/policies/access-request.ts'
import type { ConditionValues } from '../core/policies/condition-context.ts'
import type { OwnPolicies } from './identity-policies.ts'
import type { Permission } from './permission.ts'
import type { Asker } from './principal.ts'
import type { Surroundings } from './surroundings.ts'

/** Everything that conditions can ask about one request. */
export interface Circumstances {
  readonly who: Asker
  readonly caller: Caller
  readonly permission: Permission
  readonly surroundings: Surroundings
  readonly own: OwnPolicies
  readonly resourceTags: ReadonlyMap<string, string> | undefined
  readonly now: Date
}

const principalTypes = {
  root: 'Account',
  user: 'User',
  federated: 'FederatedUser',
  session: 'AssumedRole',
  anonymous: 'Anonymous',
  service: undefined,
  'web-identity': undefined,
} as const satisfies Record<Caller['kind'], string | undefined>

/**
 * The condition keys of a request.
 *
 * @see IAM user guide, "AWS global condition context keys"
 * @see Service authorization reference, "Condition keys for Amazon Elastic Container Registry"
 */
export function conditionValues(circumstances: Circumstances): ConditionValues {
  const { permission, surroundings, own, resourceTags, now } = circumstances
  return {
    ...permission.context,
    ...timeValues(now),
    'aws:SourceIp': surroundings.sourceIp,
    'aws:SecureTransport': String(surroundings.isSecure),
    'aws:UserAgent': surroundings.userAgent,
    'aws:Referer': surroundings.referer,
    'aws:RequestedRegion': regionOf(permission, surroundings),
    'aws:ResourceAccount': permission.owner,
    'aws:ViaAWSService': 'false',
    ...own.values,
    ...principalValues(circumstances),
    ...tagValues('aws:PrincipalTag', own.tags),
    ...tagValues('aws:ResourceTag', resourceTags),
    ...tagValues('ecr:ResourceTag', resourceTags),
    ...tagValues('ecs:ResourceTag', resourceTags),
  }
}

/** The time of a request in whole seconds, as on AWS: what was decided holds to the end of the second. */
export function timeValues(now: Date): ConditionValues {
  const seconds = epochSeconds(now)
  return {
    'aws:CurrentTime': new Date(seconds * 1000).toISOString().replace('.000Z', 'Z'),
    'aws:EpochTime': String(seconds),
  }
}

/** The second that a time lies in. */
export function epochSeconds(time: Date): number {
  return Math.floor(time.getTime() / 1000)
}

/** What `aws:RequestedRegion` stands for. */
export function regionOf({ within }: Permission, { region }: Surroundings): string | undefined {
  return region ?? within?.region
}

/** What conditions can ask about a caller. */
export function principalValues({ who, caller }: Pick<Circumstances, 'who' | 'caller'>): ConditionValues {
  if ('service' in who) {
    return { 'aws:PrincipalIsAWSService': 'true', 'aws:PrincipalServiceName': who.service }
  }
  if ('provider' in who) return { 'aws:PrincipalIsAWSService': 'false' }
  const type = { 'aws:PrincipalType': principalTypes[caller.kind], 'aws:PrincipalIsAWSService': 'false' }
  if ('anonymous' in who) return { ...type, 'aws:userid': 'anonymous' }
  return {
    ...type,
    'aws:PrincipalAccount': who.account,
    'aws:PrincipalArn': caller.kind === 'session' ? caller.role.arn : who.arn,
    'aws:userid': who.userId,
    'aws:username': caller.kind === 'user' ? who.arn.slice(who.arn.lastIndexOf('/') + 1) : undefined,
  }
}

/** Tags under condition keys such as `aws:PrincipalTag/team`. */
export function tagValues(key: string, tags: ReadonlyMap<string, string> = new Map()): ConditionValues {
  return Object.fromEntries(Array.from(tags, ([name, value]) => [`${key}/${name}`, value]))
}
