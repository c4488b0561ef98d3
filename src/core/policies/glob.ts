import { anyOne, anyRun, type FilledPiece } from './template.ts'

/**
 * Whether a whole text fits a pattern. A mismatch goes back to the last star alone, so that no pattern costs more than its length
 * times that of the text.
 */
export function fits(pieces: readonly FilledPiece[], text: string): boolean {
  const [only] = pieces
  if (pieces.length === 1 && typeof only === 'string') return only === text
  if (pieces.length === 1 && only === anyRun) return true
  if (pieces.length === 2 && typeof only === 'string' && pieces[1] === anyRun) return text.startsWith(only)
  return fitsWildcards(pieces.flatMap(units), text)
}

type Unit = string | typeof anyRun | typeof anyOne

function units(piece: FilledPiece): Unit[] {
  return typeof piece === 'string' ? piece.split('') : [piece]
}

function fitsWildcards(pattern: readonly Unit[], text: string): boolean {
  let at = 0
  let star = -1
  let afterStar = 0
  for (let read = 0; read < text.length; ) {
    const unit = pattern[at]
    if (unit === anyRun) {
      star = at++
      afterStar = read
    } else if (unit !== undefined && (unit === anyOne || unit === text[read])) {
      at++
      read++
    } else if (star === -1) return false
    else {
      at = star + 1
      read = ++afterStar
    }
  }
  return pattern.slice(at).every((unit) => unit === anyRun)
}
