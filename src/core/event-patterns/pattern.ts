import type { LeafTest } from './leaf.ts'

/** What a pattern says of one field: any of it suffices. */
export interface FieldPattern {
  /** The names down to the field, joined by dots. */
  readonly path: string
  readonly tests: readonly LeafTest[]
  /** Whether the field's absence suffices. */
  readonly orAbsent: boolean
  /** The only texts it can have, where all that is named is plain texts: a look-up by them finds the pattern. */
  readonly texts?: readonly string[] | undefined
}

/** Fields that must all hold. */
export type Conjunction = readonly FieldPattern[]

/** The ways to fit a pattern: one for each combination of alternatives of its `$or`, or only one. */
export type EventPattern = readonly Conjunction[]
