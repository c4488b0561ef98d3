/** Where a statement stands in a policy's text; lines and columns count from 1, the end is behind the last sign. */
export interface StatementPosition {
  readonly start: Place
  readonly end: Place
}

export interface Place {
  readonly line: number
  readonly column: number
}

/** Strings, and the signs that open, close and separate. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g

/**
 * Where the statements of a policy begin and end, in their order: the objects that are the value of `Statement`, or stand in its list.
 *
 * @param text a policy, as `parsePolicy` takes it
 */
export function statementPositions(text: string): StatementPosition[] {
  const positions: StatementPosition[] = []
  const open: { readonly sign: string; readonly at: number; readonly isStatement: boolean }[] = []
  let member = ''
  for (const { 0: token, index } of text.matchAll(tokens)) {
    if (token.startsWith('"')) {
      if (open.length === 1) member = token
    } else if (token === '{' || token === '[') {
      const isWithin = member === '"Statement"' && (open.length === 1 || open.at(-1)?.sign === '[')
      open.push({ sign: token, at: index, isStatement: token === '{' && open.length <= 2 && isWithin })
    } else if (token !== ':') {
      const closed = open.pop()
      if (closed?.isStatement) {
        positions.push({ start: placeOf(text, closed.at), end: placeOf(text, index + 1) })
      }
    }
  }
  return positions
}

function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
