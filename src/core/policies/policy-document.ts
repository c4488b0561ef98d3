import type { ConditionContext } from './condition-context.ts'
import type { FilledPiece } from './template.ts'

/** A policy that has been read: ready to be asked, not to be shown. */
export interface PolicyDocument {
  readonly statements: readonly Statement[]
}

export interface Statement {
  readonly sid: string | undefined
  readonly effect: 'Allow' | 'Deny'
  /** Whom a resource's policy is about; undefined in an identity's, which is about whoever has it. */
  readonly principals: Principals | undefined
  readonly actions: ActionPatterns
  /** Undefined where a resource's policy doesn't say: the resource it hangs on. */
  readonly resources: ResourcePatterns | undefined
  /** All of them must hold. */
  readonly conditions: readonly Condition[]
  /** The condition keys that it asks for, in conditions and in variables. */
  readonly keys: readonly string[]
}

/** `Action`, or with `negated` `NotAction`: everything else. */
export interface ActionPatterns {
  readonly negated: boolean
  readonly patterns: readonly (readonly FilledPiece[])[]
}

/** `Resource`, or with `negated` `NotResource`. */
export interface ResourcePatterns {
  readonly negated: boolean
  readonly patterns: readonly ((arn: string, context: ConditionContext) => boolean)[]
}

/** `Principal`, or with `negated` `NotPrincipal`. */
export interface Principals {
  readonly negated: boolean
  readonly named: readonly NamedPrincipal[]
}

/**
 * `everyone` is `"*"`; `account` an account's id or root ARN; `aws` one identity, by its unique id: what has an ARN still names nobody. A
 * federated user has no id but its name.
 */
export type NamedPrincipal =
  | { readonly kind: 'everyone' }
  | { readonly kind: NamedKind; readonly name: string }

type NamedKind = 'account' | 'aws' | 'federated-user' | 'service' | 'federated'

/** Whether one operator and key of a `Condition` block holds for a request. */
export type Condition = (context: ConditionContext) => boolean
