import { LRUCache } from 'lru-cache'
import { parseEventPattern } from '../core/event-patterns/parse-event-pattern.ts'
import type { EventPattern } from '../core/event-patterns/pattern.ts'

const patterns = new LRUCache<string, EventPattern>({ max: 1_000 })

/** A pattern that was accepted once, read from its text or from memory. */
export function patternOf(text: string): EventPattern {
  const known = patterns.get(text)
  if (known !== undefined) return known
  const pattern = parseEventPattern(text)
  patterns.set(text, pattern)
  return pattern
}
