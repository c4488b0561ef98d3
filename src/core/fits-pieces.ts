/**
 * Whether a text has these pieces one after another with any run of characters between them, the first at its beginning and the last at
 * its end. Each piece is looked for once, from the left, so that none is costly.
 *
 * @example
 * fitsPieces(['web-', '.log'], 'web-1.log') // true, as web-*.log
 */
export function fitsPieces([start = '', ...rest]: readonly string[], text: string): boolean {
  const end = rest.at(-1)
  if (end === undefined) return text === start
  if (text.length < start.length + end.length) return false
  if (!text.startsWith(start) || !text.endsWith(end)) return false
  let from = start.length
  const last = text.length - end.length
  for (const piece of rest.slice(0, -1)) {
    const at = text.indexOf(piece, from)
    if (at === -1 || at + piece.length > last) return false
    from = at + piece.length
  }
  return true
}
