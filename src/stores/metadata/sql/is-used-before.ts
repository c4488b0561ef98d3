import type { ExpressionBuilder } from 'kysely'
import type { Schema } from '../schema.ts'

/** Of keys, roles and robots: those whose last use that is known of isn't later, so that no time goes back. */
export function isUsedBefore(at: Date) {
  return ({ eb, or }: ExpressionBuilder<Schema, 'iam_keys' | 'iam_entities' | 'robots'>) =>
    or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', at.getTime())])
}
