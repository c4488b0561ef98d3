import { AccessDeniedError } from '../core/errors.ts'
import type { RegistryKey, RepositoryKey } from '../core/names/registry-key.ts'
import type { Caller } from '../core/policies/access-request.ts'
import { ConditionContext } from '../core/policies/condition-context.ts'
import {
  type Allowed,
  type ApplicablePolicies,
  type Decision,
  decide,
  type NamedPolicy,
} from '../core/policies/decide.ts'
import { denialText } from '../core/policies/denial-text.ts'
import { policiesAbout, type ResourceRules } from '../core/policies/resource-rules.ts'
import { isInScope } from '../core/robots/is-in-scope.ts'
import { callerOf } from './caller-of.ts'
import { conditionValues } from './condition-values.ts'
import { DecisionCache, type Grounds } from './decision-cache.ts'
import type { IdentityPolicies, OwnPolicies } from './identity-policies.ts'
import { isOwnersWayOut } from './owners-way-out.ts'
import type { Permission } from './permission.ts'
import { type Anonymous, isRoot, type Principal } from './principal.ts'
import { isPullAction } from './pull-actions.ts'
import { RelevantPolicies } from './relevant-policies.ts'
import type { Surroundings } from './surroundings.ts'

/** One caller who wants to do one thing. */
export interface Question {
  readonly who: Principal | Anonymous
  readonly permission: Permission
  readonly surroundings: Surroundings
}

export interface AuthoriserOptions {
  readonly identities: IdentityPolicies
  /** What owners say about their registries and repositories. */
  readonly rulesOf: (within: RegistryKey | RepositoryKey) => ResourceRules | Promise<ResourceRules>
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
    const text = denialText({ arn: who.arn, action, resource }, decision)
    throw new AccessDeniedError(text, decision.explicit ? decision.by : undefined)
  }

  /**
   * What the policies say.
   *
   * @param proposed a repository's policy to be asked in the place of the one in force
   */
  async decide(question: Question, proposed?: NamedPolicy): Promise<Decision> {
    const { who, permission } = question
    const { action, owner, within } = permission
    if ('robot' in who) return this.#decideForRobot(question, who, proposed)
    const found = within && (await this.#options.rulesOf(within))
    const rules = found && proposed ? withPolicy(found, proposed) : found
    if ('anonymous' in who && !isPullAction(action)) return nobodysBusiness
    if (isUnspoken(rules) && isRootOf(owner, who)) return allowedAsRoot
    const own = await this.#ownPolicies(who)
    const grounds = { who, permission, own, rules }
    return this.#decisions.find(grounds) ?? this.#decideAnew(question, grounds)
  }

  /** Whether a role may be assumed: nobody may whom its trust policy doesn't let. */
  async decideByTrust({ who, permission, surroundings }: Question, trust: NamedPolicy): Promise<Decision> {
    const own = await this.#ownPolicies(who)
    const caller = callerOf(who)
    const context = this.#contextOf({ who, permission, own, rules: undefined, caller, surroundings })
    const { action, resource, owner } = permission
    const policies = { ...own, resource: [trust], resourceMustAllow: true }
    return decide({ caller, action, resource, owner, context }, policies)
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

  #decideAnew({ surroundings }: Question, grounds: Grounds): Decision {
    const { who, permission, own, rules } = grounds
    const { action, resource, owner } = permission
    const isUnasked = rules === undefined || isOwnersWayOut(who, permission)
    const policies: ApplicablePolicies = {
      ...own,
      identity: this.#relevant.of(own.identity, permission),
      session: own.session && this.#relevant.of(own.session, permission),
      resource: isUnasked ? [] : policiesAbout(rules, action),
    }
    const caller = callerOf(who)
    const context = this.#contextOf({ ...grounds, caller, surroundings })
    const decision = decide({ caller, action, resource, owner, context }, policies)
    if (!context.wasAsked) this.#decisions.keep(grounds, decision)
    return decision
  }

  #ownPolicies(who: Principal | Anonymous): OwnPolicies | Promise<OwnPolicies> {
    return 'anonymous' in who || isRoot(who) ? none : this.#options.identities.of(who)
  }

  #contextOf(
    given: Grounds & { readonly caller: Caller; readonly surroundings: Surroundings },
  ): ConditionContext {
    const { who, caller, permission, surroundings, own, rules } = given
    return new ConditionContext(() =>
      conditionValues({
        who,
        caller,
        permission,
        surroundings,
        principalTags: own.tags,
        resourceTags: rules?.repository?.tags,
        now: this.#options.now(),
      }),
    )
  }
}

const none: OwnPolicies = { identity: [] }
const allowedAsRoot: Decision = { allowed: true, by: 'root' }
const nobodysBusiness: Decision = { allowed: false, explicit: false, place: 'resource' }
const outOfScope: Decision = { allowed: false, explicit: false, place: 'session' }

/** Neither the repository nor its registry has a policy. */
function isUnspoken(rules: ResourceRules | undefined): boolean {
  return rules?.repository?.policy === undefined && rules?.registry.policy === undefined
}

function withPolicy({ repository, registry }: ResourceRules, policy: NamedPolicy): ResourceRules {
  return { repository: { policy, tags: repository?.tags ?? new Map() }, registry }
}

function isRootOf(owner: Permission['owner'], who: Principal | Anonymous): boolean {
  return !('anonymous' in who) && who.account === owner && isRoot(who)
}
