import type { AccountId } from '../names/account-id.ts'
import type { ConditionContext } from './condition-context.ts'

/**
 * Who is calling, as policies see them. A role's session is named by the session and by its role; unique ids are those of IAM, which
 * outlive no identity of the same name.
 */
export type Caller =
  | { readonly kind: 'root'; readonly account: AccountId; readonly arn: string }
  | {
      readonly kind: 'user' | 'federated'
      readonly account: AccountId
      readonly arn: string
      readonly id: string
    }
  | {
      readonly kind: 'session'
      readonly account: AccountId
      readonly arn: string
      readonly id: string
      readonly role: { readonly arn: string; readonly id: string }
    }
  | { readonly kind: 'service'; readonly name: string }
  /** Who comes with a token of an issuer that an account believes: the ARN of that. */
  | { readonly kind: 'web-identity'; readonly provider: string }
  | { readonly kind: 'anonymous' }

/** One thing a caller wants to do to one resource. */
export interface AccessRequest {
  readonly caller: Caller
  /** Such as `ecr:PutImage`. */
  readonly action: string
  /** An ARN, or `*` where IAM has no resource for the action. */
  readonly resource: string
  /** The account that owns the resource. */
  readonly owner: AccountId
  readonly context: ConditionContext
}
