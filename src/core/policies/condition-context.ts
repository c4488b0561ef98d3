/** Condition keys and their values. */
export type ConditionValues = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * What is known of one request, by condition key: `aws:SourceIp`, `ecr:ResourceTag/team`. A key's case makes no difference; a key
 * without values is absent. Values given as a function are gathered when a policy first asks, since most ask for none.
 */
export class ConditionContext {
  readonly #gather: () => ConditionValues
  #gathered: ReadonlyMap<string, readonly string[]> | undefined

  constructor(values: ConditionValues | (() => ConditionValues) = {}) {
    this.#gather = typeof values === 'function' ? values : () => values
  }

  /** Whether a policy has asked for anything: without that, what was decided holds for every request like this one. */
  get wasAsked(): boolean {
    return this.#gathered !== undefined
  }

  /** All values of a key; none when the request says nothing of it. */
  values(key: string): readonly string[] {
    this.#gathered ??= byLowerCase(this.#gather())
    return this.#gathered.get(key.toLowerCase()) ?? []
  }

  /** The value of a key that has exactly one, as policy variables need it. */
  single(key: string): string | undefined {
    const [value, ...others] = this.values(key)
    return others.length === 0 ? value : undefined
  }
}

function byLowerCase(values: ConditionValues): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined ? [] : [[key.toLowerCase(), typeof value === 'string' ? [value] : value]],
    ),
  )
}
