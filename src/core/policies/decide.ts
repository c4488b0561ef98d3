import type { AccessRequest } from './access-request.ts'
import { type Closeness, matchesPrincipal } from './matches-principal.ts'
import { matchesAction, matchesRest } from './matches-statement.ts'
import type { PolicyDocument, Statement } from './policy-document.ts'

/** A policy with the name by which people know it: an ARN, or what it hangs on. */
export interface NamedPolicy {
  readonly name: string
  readonly document: PolicyDocument
}

/** Every policy that has a say in one request. */
export interface ApplicablePolicies {
  /** The caller's own, its groups' and its role's. */
  readonly identity: readonly NamedPolicy[]
  /** The caller can do no more than these allow, each of them, where there are any. */
  readonly boundary?: NamedPolicy | undefined
  readonly session?: readonly NamedPolicy[] | undefined
  /** The resource's, and those of what it lies in. */
  readonly resource: readonly NamedPolicy[]
  /** The resource's policy is a role's trust policy: nobody gets by without it. */
  readonly resourceMustAllow?: boolean
}

export type PolicyPlace = 'identity' | 'resource' | 'boundary' | 'session'

/** Where a decision comes from, for whoever asks later. */
export interface DecidingStatement {
  readonly policy: string
  readonly sid: string | undefined
}

export interface Allowed {
  readonly allowed: true
  readonly by: DecidingStatement | 'root'
}

export type Decision =
  | Allowed
  | {
      readonly allowed: false
      readonly explicit: true
      readonly place: PolicyPlace
      readonly by: DecidingStatement
    }
  /** `place`: where an allow is missing. */
  | { readonly allowed: false; readonly explicit: false; readonly place: PolicyPlace }

/**
 * Decides one request. An explicit deny anywhere wins. Within an account the caller's policies or the resource's are enough; between
 * accounts both must allow. A boundary and session policies only take away.
 *
 * @see IAM user guide, "Policy evaluation logic"
 */
export function decide(request: AccessRequest, policies: ApplicablePolicies): Decision {
  return findDeny(request, policies) ?? decideWithoutDeny(request, policies)
}

function findDeny(request: AccessRequest, policies: ApplicablePolicies): Decision | undefined {
  for (const [place, list] of placesOf(policies)) {
    const found = firstMatch(request, list, 'Deny')
    if (found) return { allowed: false, explicit: true, place, by: found.by }
  }
  return undefined
}

function placesOf(policies: ApplicablePolicies): [PolicyPlace, readonly NamedPolicy[]][] {
  const { identity, boundary, session = [], resource } = policies
  return [
    ['identity', identity],
    ['resource', resource],
    ['boundary', boundary === undefined ? [] : [boundary]],
    ['session', session],
  ]
}

function decideWithoutDeny(request: AccessRequest, policies: ApplicablePolicies): Decision {
  const { caller, owner } = request
  const byResource = firstMatch(request, policies.resource, 'Allow')
  if (!('account' in caller)) {
    return byResource ? { allowed: true, by: byResource.by } : missing('resource')
  }
  const isForeign = caller.account !== owner
  if ((isForeign || policies.resourceMustAllow) && !byResource) return missing('resource')
  const isEnough = byResource !== undefined && byResource.closeness !== 'account'
  if (!isForeign && isEnough && byResource.closeness === 'identity')
    return { allowed: true, by: byResource.by }
  const own = ownDecision(request, policies.identity)
  if (!own.allowed && (isForeign || !isEnough)) return own
  return limited(request, policies) ?? (own.allowed ? own : allowedBy(byResource))
}

/** What the caller's own policies say; an account's root needs none. */
function ownDecision(request: AccessRequest, identity: readonly NamedPolicy[]): Decision {
  if (request.caller.kind === 'root') return { allowed: true, by: 'root' }
  return allowedBy(firstMatch(request, identity, 'Allow'))
}

function allowedBy(match: Match | undefined): Decision {
  return match ? { allowed: true, by: match.by } : missing('identity')
}

/** What the boundary and the session policies take away, if they do. */
function limited(request: AccessRequest, { boundary, session }: ApplicablePolicies): Decision | undefined {
  if (boundary !== undefined && !firstMatch(request, [boundary], 'Allow')) return missing('boundary')
  if (session !== undefined && !firstMatch(request, session, 'Allow')) return missing('session')
  return undefined
}

function missing(place: PolicyPlace): Decision {
  return { allowed: false, explicit: false, place }
}

interface Match {
  readonly by: DecidingStatement
  readonly closeness: Closeness
}

/** The first statement about this request, one that names the caller most closely. */
function firstMatch(
  request: AccessRequest,
  policies: readonly NamedPolicy[],
  effect: Statement['effect'],
): Match | undefined {
  let found: Match | undefined
  for (const { name, document } of policies) {
    for (const statement of document.statements) {
      const closeness = statement.effect === effect ? closenessOf(request, statement) : undefined
      if (closeness === undefined || (found && rank(found.closeness) <= rank(closeness))) continue
      found = { by: { policy: name, sid: statement.sid }, closeness }
      if (closeness === 'identity') return found
    }
  }
  return found
}

/** An identity's own policy needs not name it. */
function closenessOf(request: AccessRequest, statement: Statement): Closeness | undefined {
  if (!matchesAction(statement.actions, request.action)) return undefined
  const closeness =
    statement.principals === undefined ? 'identity' : matchesPrincipal(statement.principals, request.caller)
  return closeness !== undefined && matchesRest(statement, request) ? closeness : undefined
}

/**
 * Every statement of an effect that is about a request, those of several policies in their order.
 */
export function matchingStatements<Policy extends NamedPolicy>(
  request: AccessRequest,
  policies: readonly Policy[],
  effect: Statement['effect'],
): { readonly policy: Policy; readonly index: number }[] {
  return policies.flatMap((policy) =>
    policy.document.statements.flatMap((statement, index) =>
      statement.effect === effect && closenessOf(request, statement) !== undefined ? [{ policy, index }] : [],
    ),
  )
}

function rank(closeness: Closeness): number {
  return ['identity', 'role', 'everyone', 'account'].indexOf(closeness)
}
