/**
 * What is known of one request, by condition key: `aws:SourceIp`, `ecr:ResourceTag/team`. A key's case makes no difference; a key
 * without values is absent.
 */
export class ConditionContext {
  readonly #values: ReadonlyMap<string, readonly string[]>

  constructor(values: Readonly<Record<string, string | readonly string[] | undefined>> = {}) {
    this.#values = new Map(
      Object.entries(values).flatMap(([key, value]) =>
        value === undefined ? [] : [[key.toLowerCase(), typeof value === 'string' ? [value] : value]],
      ),
    )
  }

  /** All values of a key; none when the request says nothing of it. */
  values(key: string): readonly string[] {
    return this.#values.get(key.toLowerCase()) ?? []
  }

  /** The value of a key that has exactly one, as policy variables need it. */
  single(key: string): string | undefined {
    const [value, ...others] = this.values(key)
    return others.length === 0 ? value : undefined
  }
}
