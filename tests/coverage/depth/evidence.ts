import type { Desk } from './evidence-desk.ts'

/**
 * How deep an operation goes, deepest last. `wire`: it answers in the model's shape. `enforced`: it changes what other calls may do
 * or find, or tells what does. `real`: bytes, signatures, findings or jobs come of it, or are what it tells.
 */
export type Depth = 'wire' | 'enforced' | 'real'

/** What shows how deep an operation goes. */
export interface Evidence {
  readonly depth: Exclude<Depth, 'wire'>
  /** What is seen, in a few words for the coverage page. */
  readonly shows: string
  /** Sees it at a running Berth, calling the operation on the way. @throws unless it is so */
  readonly see: (desk: Desk) => Promise<void>
}

/** By the operation's name. */
export type EvidenceByOperation = Readonly<Record<string, Evidence>>

export function enforced(shows: string, see: Evidence['see']): Evidence {
  return { depth: 'enforced', shows, see }
}

export function real(shows: string, see: Evidence['see']): Evidence {
  return { depth: 'real', shows, see }
}
