import { z } from 'zod'

/** What a user is told about one setting. */
export interface Explanation {
  /** Stands for the value in help texts. A switch has none. */
  readonly placeholder?: string
  readonly meaning: string
  /** Completes "must be ...". */
  readonly expects: string
  /** Said instead of a default value, where there is none to show. */
  readonly otherwise?: string
  /** The value is never shown. */
  readonly secret?: true
}

/** The explanation of each setting's schema. */
export const explanations = z.registry<Explanation>()
