/** A rule of the model that a value breaks. */
export type Constraint =
  | { readonly kind: 'required' }
  | { readonly kind: 'min-length' | 'max-length' | 'min-value' | 'max-value'; readonly limit: number }
  | { readonly kind: 'pattern'; readonly source: string }
  | { readonly kind: 'enum'; readonly values: readonly string[] }

/** One broken rule, and where. */
export interface Breach {
  /** Names and, inside lists and maps, positions and keys followed by `member`: `['imageIds', '1', 'member', 'imageTag']`. */
  readonly path: readonly string[]
  readonly value: unknown
  readonly constraint: Constraint
  /** The value must not be shown. */
  readonly sensitive: boolean
}
