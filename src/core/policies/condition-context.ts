/** Condition keys and their values. */
export type ConditionValues = Readonly<Record<string, string | readonly string[] | undefined>>

/**
 * What is known of one request, by condition key: `aws:SourceIp`, `ecr:ResourceTag/team`. A key's case makes no difference; a key
 * without values is absent. Values given as a function are gathered when a policy first asks, since most ask for none.
 */
export class ConditionContext {
  readonly #gather: () => ConditionValues
  readonly #asked = new Set<string>()
  #gathered: ReadonlyMap<string, readonly string[]> | undefined

  constructor(values: ConditionValues | (() => ConditionValues) = {}) {
    this.#gather = typeof values === 'function' ? values : () => values
  }

  /**
   * The keys that policies have asked for, in lower case: what was decided holds for every request with the same values of them.
   */
  get asked(): readonly string[] {
    return [...this.#asked]
  }

  /** All values of a key; none when the request says nothing of it. */
  values(key: string): readonly string[] {
    this.#gathered ??= byLowerCase(this.#gather())
    const name = key.toLowerCase()
    this.#asked.add(name)
    return this.#gathered.get(name) ?? []
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
