/**
 * Where a rule sends what it lets through. It is kept and answered exactly as it was given, so its members have the names that
 * EventBridge gives them.
 *
 * @see Amazon EventBridge API reference, Target
 */
export interface EventTarget {
  /** Unique within the rule. */
  readonly Id: string
  readonly Arn: string
  readonly RoleArn?: string | undefined
  /** At most one of this, `InputPath` and `InputTransformer`; the whole event without any. */
  readonly Input?: string | undefined
  readonly InputPath?: string | undefined
  readonly InputTransformer?: InputTransformer | undefined
  readonly HttpParameters?: HttpParameters | undefined
  readonly EcsParameters?: EcsParameters | undefined
  readonly RetryPolicy?: RetryPolicy | undefined
  readonly DeadLetterConfig?: { readonly Arn?: string | undefined } | undefined
}

export interface InputTransformer {
  readonly InputPathsMap?: Readonly<Record<string, string>> | undefined
  readonly InputTemplate: string
}

export interface HttpParameters {
  /** For the stars in the end point's path, in their order. */
  readonly PathParameterValues?: readonly string[] | undefined
  readonly HeaderParameters?: Readonly<Record<string, string>> | undefined
  readonly QueryStringParameters?: Readonly<Record<string, string>> | undefined
}

/** What ECS is asked for; whatever else stands here is ECS's to take or to refuse. */
export interface EcsParameters {
  readonly TaskDefinitionArn: string
  readonly TaskCount?: number | undefined
}

export interface RetryPolicy {
  /** Tries after the first. */
  readonly MaximumRetryAttempts?: number | undefined
  readonly MaximumEventAgeInSeconds?: number | undefined
}
