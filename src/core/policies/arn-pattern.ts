import { fits } from './glob.ts'
import { anyRun, type FilledPiece } from './template.ts'

/** `arn:partition:service:region:account:` come before the resource, which may have colons of its own. */
const partsBeforeResource = 5

/**
 * Whether an ARN fits a pattern. Each of the six parts is compared for itself, so that a star in an account never reaches into the
 * resource's name. Only a star at the end of a shorter pattern, such as `*`, stands for all parts that are missing.
 */
export function fitsArn(pattern: readonly FilledPiece[], arn: string): boolean {
  const parts = splitPattern(pattern)
  const texts = splitArn(arn)
  if (parts.length <= partsBeforeResource) {
    const last = parts.pop()
    if (last?.length !== 1 || last[0] !== anyRun) return false
  } else if (texts.length !== parts.length) return false
  return texts.length >= parts.length && parts.every((part, at) => fits(part, texts[at] ?? ''))
}

function splitArn(arn: string): string[] {
  const texts = arn.split(':')
  if (texts.length <= partsBeforeResource) return texts
  return [...texts.slice(0, partsBeforeResource), texts.slice(partsBeforeResource).join(':')]
}

function splitPattern(pattern: readonly FilledPiece[]): FilledPiece[][] {
  const parts: FilledPiece[][] = [[]]
  for (const piece of pattern) {
    const texts: readonly FilledPiece[] = typeof piece === 'string' ? piece.split(':') : [piece]
    for (const [at, text] of texts.entries()) {
      const startsPart = at > 0 && parts.length <= partsBeforeResource
      if (startsPart) parts.push([])
      addTo(parts.at(-1), at > 0 && !startsPart ? [':', text] : [text])
    }
  }
  return parts
}

function addTo(part: FilledPiece[] | undefined, pieces: readonly FilledPiece[]): void {
  for (const piece of pieces) if (piece !== '') part?.push(piece)
}
