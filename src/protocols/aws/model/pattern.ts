import type { Pattern } from './shape.ts'

/**
 * Model patterns that make a backtracking engine take exponential time, and the same language written without ambiguity.
 * The rest of the patterns are unambiguous as they stand.
 */
const unambiguous: ReadonlyMap<string, string> = new Map([
  ['^[a-z0-9*](?:[._\\-/a-z0-9*]?[a-z0-9*]+)*$', '[a-z0-9*]+(?:[._\\-/][a-z0-9*]+)*'],
])

/** Compiles a model's pattern into one that the whole text must match, whether the model anchors it or not. */
export function compilePattern(source: string): Pattern {
  const safe = unambiguous.get(source) ?? source
  // Only Unicode mode knows \p{..}, and it refuses escapes that other patterns use.
  const flags = safe.includes('\\p{') ? 'u' : ''
  return { source, expression: new RegExp(`^(?:${safe})$`, flags) }
}
