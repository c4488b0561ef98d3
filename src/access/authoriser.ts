import type { RoleUse } from '../core/iam/entity.ts'
import type { Caller } from '../core/policies/access-request.ts'
import { ConditionContext } from '../core/policies/condition-context.ts'
import {
  type Allowed,
  type ApplicablePolicies,
  type Decision,
  decide,
  type NamedPolicy,
} from '../core/policies/decide.ts'
import { denialText, federatedDenialText } from '../core/policies/denial-text.ts'
import { AccessDeniedError } from '../core/policies/errors.ts'
import { policiesAbout, type ResourceRules } from '../core/policies/resource-rules.ts'
import { isInScope } from '../core/robots/is-in-scope.ts'
import { callerOf } from './caller-of.ts'
import { conditionValues } from './condition-values.ts'
import { type Circumstances, DecisionCache, type Grounds } from './decision-cache.ts'
import type { IdentityPolicies, OwnPolicies } from './identity-policies.ts'
import { isOwnersWayOut } from './owners-way-out.ts'
import type { Permission } from './permission.ts'
import { type Asker, isPrincipalCaller, isRoot, isTemporary, type Principal } from './principal.ts'
import { isPullAction } from './pull-actions.ts'
import { RelevantPolicies } from './relevant-policies.ts'
import type { Surroundings } from './surroundings.ts'

/** One caller who wants to do one thing. */
export interface Question {
  readonly who: Asker
  readonly permission: Permission
  readonly surroundings: Surroundings
}

export interface AuthoriserOptions {
  readonly identities: IdentityPolicies
  /** What owners say about the resource of a permission and where it lies. */
  readonly rulesOf: (permission: Permission) => ResourceRules | undefined | Promise<ResourceRules | undefined>
  /** Hears of what is asked by a session of a role: the role's id, and the region it is asked in. */
  readonly onRoleAsks?: (roleId: string, use: RoleUse) => void
  readonly now: () => Date
}

/** The one decision point, for every door. */
export class Authoriser {
  readonly #options: AuthoriserOptions
  readonly #decisions = new DecisionCache()
  readonly #relevant = new RelevantPolicies()

  constructor(options: AuthoriserOptions) {
    this.#options = options
  }

  /**
   * Lets a caller do what the policies allow, and says which statement does.
   *
   * @throws AccessDeniedError in AWS's words for anything else
   * @see IAM user guide, "Troubleshoot access denied error messages"
   */
  async authorise(question: Question): Promise<Allowed> {
    const decision = await this.decide(question)
    if (decision.allowed) return decision
    const { who, permission } = question
    const { action, resource } = permission
    const text =
      'provider' in who
        ? federatedDenialText(action)
        : denialText({ arn: who.arn, action, resource }, decision)
    throw new AccessDeniedError(text, decision.explicit ? decision.by : undefined)
  }

  /**
   * What the policies say.
   *
   * @param proposed a resource's policy to be asked in the place of the one in force
   */
  async decide(question: Question, proposed?: NamedPolicy): Promise<Decision> {
    const { who, permission } = question
    if ('robot' in who) return this.#decideForRobot(question, who, proposed)
    this.#tellOfRole(question)
    if ('anonymous' in who && !isPullAction(permission.action)) return nobodysBusiness
    const found = await this.#options.rulesOf(permission)
    const rules = found && proposed ? withPolicy(found, proposed) : found
    if (isUnspoken(rules) && isRootOf(permission.owner, who)) return allowedAsRoot
    const own = await this.#ownPolicies(who)
    const grounds = { who, permission, own, rules }
    const circumstances = { ...question, now: this.#options.now() }
    return this.#decisions.find(circumstances, grounds) ?? this.#decideAnew(circumstances, grounds)
  }

  #tellOfRole({ who, permission, surroundings }: Question): void {
    const { onRoleAsks, now } = this.#options
    if (onRoleAsks === undefined || !('role' in who) || who.role === undefined) return
    const region = surroundings.region ?? permission.within?.region ?? regionOf(permission.resource)
    if (region) onRoleAsks(who.role.id, { at: now(), region })
  }

  /** A robot does within its scope what its maker may, as if by a session whose policy that scope is; nothing widens it. */
  async #decideForRobot(
    question: Question,
    { robot }: Principal,
    proposed: NamedPolicy | undefined,
  ): Promise<Decision> {
    if (robot === undefined || !isInScope(robot.scope, question.permission)) return outOfScope
    return this.decide({ ...question, who: robot.maker }, proposed)
  }

  #decideAnew(circumstances: Circumstances, grounds: Grounds): Decision {
    const { who, permission, own, rules } = grounds
    const { action, resource, owner } = permission
    const isUnasked = rules === undefined || isOwnersWayOut(who, permission)
    const policies: ApplicablePolicies = {
      ...own,
      identity: this.#relevant.of(own.identity, permission),
      session: own.session && this.#relevant.of(own.session, permission),
      resource: isUnasked ? [] : policiesAbout(rules, action),
      resourceMustAllow: rules?.mustAllow === true,
    }
    const caller = callerOf(who)
    const context = contextOf(circumstances, grounds, caller)
    const decision = decide({ caller, action, resource, owner, context }, policies)
    this.#decisions.keep(circumstances, grounds, { decision, asked: context.asked })
    return decision
  }

  #ownPolicies(who: Asker): OwnPolicies | Promise<OwnPolicies> {
    if (!isPrincipalCaller(who) || (isRoot(who) && !isTemporary(who))) return none
    return this.#options.identities.of(who)
  }
}

function contextOf({ surroundings, now }: Circumstances, grounds: Grounds, caller: Caller): ConditionContext {
  const { who, permission, own, rules } = grounds
  const resourceTags = rules?.resource?.tags
  return new ConditionContext(() =>
    conditionValues({ who, caller, permission, surroundings, own, resourceTags, now }),
  )
}

const none: OwnPolicies = { identity: [] }
const allowedAsRoot: Decision = { allowed: true, by: 'root' }
const nobodysBusiness: Decision = { allowed: false, explicit: false, place: 'resource' }
const outOfScope: Decision = { allowed: false, explicit: false, place: 'session' }

/** Neither the resource nor the registry that it lies in has a policy. */
function isUnspoken(rules: ResourceRules | undefined): boolean {
  return rules?.resource?.policy === undefined && rules?.registry?.policy === undefined
}

function withPolicy({ resource, registry }: ResourceRules, policy: NamedPolicy): ResourceRules {
  return { resource: { policy, tags: resource?.tags ?? new Map() }, registry }
}

/** Empty where there is none: `arn:aws:ecr:us-east-1:...`. */
function regionOf(arn: string): string | undefined {
  return arn.split(':', 4)[3]
}

function isRootOf(owner: Permission['owner'], who: Asker): boolean {
  return isPrincipalCaller(who) && who.account === owner && isRoot(who)
}
