/**
 * Whether the whole text fits the pattern, in which `*` stands for zero or more characters and everything else for
 * itself, case included. No backtracking: each piece between two stars is looked for once, from the left.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const [start = '', ...rest] = pattern.split('*')
  const end = rest.pop()
  if (end === undefined) return text === pattern
  if (text.length < start.length + end.length) return false
  if (!text.startsWith(start) || !text.endsWith(end)) return false
  return hasInOrder(text.slice(start.length, text.length - end.length), rest)
}

function hasInOrder(text: string, pieces: readonly string[]): boolean {
  let from = 0
  for (const piece of pieces) {
    const at = text.indexOf(piece, from)
    if (at === -1) return false
    from = at + piece.length
  }
  return true
}
