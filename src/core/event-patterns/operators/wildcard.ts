import { fitsPieces } from '../../fits-pieces.ts'
import { InvalidEventPatternError } from '../invalid-event-pattern.ts'
import type { LeafTest } from '../leaf.ts'

/** EventBridge refuses what its own engine would find costly; this is where it begins to. */
const mostStars = 5

/**
 * `{"wildcard": "a*c"}`: a star stands for any run of characters, none included; `\*` is a star and `\\` a backslash. Each piece
 * between two stars is looked for once, from the left, so that no pattern is costly.
 */
export function readWildcard(operand: unknown): LeafTest {
  if (typeof operand !== 'string')
    throw new InvalidEventPatternError('wildcard match pattern must be a string')
  const pieces = readPieces(operand)
  if (pieces.length > mostStars + 1) {
    throw new InvalidEventPatternError(
      'Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character',
    )
  }
  return (value) => typeof value === 'string' && fitsPieces(pieces, value)
}

/** What stands between the stars. */
function readPieces(pattern: string): string[] {
  const pieces = ['']
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at]
    if (character === '*') {
      if (pattern[at + 1] === '*') {
        throw new InvalidEventPatternError(`Consecutive wildcard characters at pos ${at + 2}`)
      }
      pieces.push('')
    } else {
      if (character === '\\') at = escapedAt(pattern, at)
      pieces.push(`${pieces.pop()}${pattern[at]}`)
    }
  }
  return pieces
}

function escapedAt(pattern: string, at: number): number {
  const next = pattern[at + 1]
  if (next === '*' || next === '\\') return at + 1
  throw new InvalidEventPatternError(`Invalid escape character at pos ${at + 1}`)
}
