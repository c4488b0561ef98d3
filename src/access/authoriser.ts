import { AccessDeniedError } from '../core/errors.ts'
import type { RegistryKey, RepositoryKey } from '../core/names/registry-key.ts'
import type { Caller } from '../core/policies/access-request.ts'
import { ConditionContext } from '../core/policies/condition-context.ts'
import { type ApplicablePolicies, type Decision, decide, type NamedPolicy } from '../core/policies/decide.ts'
import { denialText } from '../core/policies/denial-text.ts'
import { policiesAbout, type ResourceRules } from '../core/policies/resource-rules.ts'
import { callerOf } from './caller-of.ts'
import { conditionValues } from './condition-values.ts'
import type { IdentityPolicies, OwnPolicies } from './identity-policies.ts'
import { isOwnersWayOut } from './owners-way-out.ts'
import type { Permission } from './permission.ts'
import { type Anonymous, isRoot, type Principal } from './principal.ts'
import { isPullAction } from './pull-actions.ts'
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

  constructor(options: AuthoriserOptions) {
    this.#options = options
  }

  /**
   * Lets a caller do what the policies allow.
   *
   * @throws AccessDeniedError in AWS's words for anything else
   * @see IAM user guide, "Troubleshoot access denied error messages"
   */
  async authorise(question: Question): Promise<void> {
    const decision = await this.decide(question)
    if (decision.allowed) return
    const { who, permission } = question
    const { action, resource } = permission
    throw new AccessDeniedError(denialText({ arn: who.arn, action, resource }, decision))
  }

  /**
   * What the policies say.
   *
   * @param proposed a repository's policy to be asked in the place of the one in force
   */
  async decide(question: Question, proposed?: NamedPolicy): Promise<Decision> {
    const { who, permission } = question
    const { action, owner, within } = permission
    const found = within && (await this.#options.rulesOf(within))
    const rules = found && proposed ? withPolicy(found, proposed) : found
    const resource =
      rules === undefined || isOwnersWayOut(who, permission) ? [] : policiesAbout(rules, action)
    if ('anonymous' in who && !isPullAction(action)) return nobodysBusiness
    if (resource.length === 0 && isRootOf(owner, who)) return allowedAsRoot
    const own = await this.#ownPolicies(who)
    const caller = callerOf(who)
    const context = this.#contextOf(question, { caller, own, rules })
    const policies: ApplicablePolicies = { ...own, resource }
    return decide({ caller, action, resource: permission.resource, owner, context }, policies)
  }

  #ownPolicies(who: Principal | Anonymous): OwnPolicies | Promise<OwnPolicies> {
    return 'anonymous' in who || isRoot(who) ? none : this.#options.identities.of(who)
  }

  #contextOf(
    { who, permission, surroundings }: Question,
    known: {
      readonly caller: Caller
      readonly own: OwnPolicies
      readonly rules: ResourceRules | undefined
    },
  ): ConditionContext {
    return new ConditionContext(() =>
      conditionValues({
        who,
        caller: known.caller,
        permission,
        surroundings,
        principalTags: known.own.tags,
        resourceTags: known.rules?.repository?.tags,
        now: this.#options.now(),
      }),
    )
  }
}

const none: OwnPolicies = { identity: [] }
const allowedAsRoot: Decision = { allowed: true, by: 'root' }
const nobodysBusiness: Decision = { allowed: false, explicit: false, place: 'resource' }

function withPolicy({ repository, registry }: ResourceRules, policy: NamedPolicy): ResourceRules {
  return { repository: { policy, tags: repository?.tags ?? new Map() }, registry }
}

function isRootOf(owner: Permission['owner'], who: Principal | Anonymous): boolean {
  return !('anonymous' in who) && who.account === owner && isRoot(who)
}
