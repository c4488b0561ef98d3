import type { ConditionContext } from './condition-context.ts'
import { fits } from './glob.ts'
import { anyRun, type FilledPiece, fillIn, isFilled, type Piece } from './template.ts'

/** `arn:partition:service:region:account:` come before the resource, which may have colons of its own. */
const partsBeforeResource = 5

/** Prepares a pattern, so that one without variables is taken apart once and not for each request. */
export function compileArnPattern(
  pattern: readonly Piece[],
): (arn: string, context: ConditionContext) => boolean {
  const plain = pattern.filter(isFilled)
  if (plain.length === pattern.length) {
    const parts = splitPattern(plain)
    return (arn) => fitsParts(parts, arn)
  }
  return (arn, context) => {
    const filled = fillIn(pattern, context)
    return filled !== undefined && fitsParts(splitPattern(filled), arn)
  }
}

/**
 * Whether an ARN fits a pattern. Each of the six parts is compared for itself, so that a star in an account never reaches into the
 * resource's name. Only a star at the end of a shorter pattern, such as `*`, stands for all parts that are missing.
 */
export function fitsArn(pattern: readonly FilledPiece[], arn: string): boolean {
  return fitsParts(splitPattern(pattern), arn)
}

function fitsParts(parts: readonly (readonly FilledPiece[])[], arn: string): boolean {
  const texts = splitArn(arn)
  const last = parts.at(-1)
  const isShort = parts.length <= partsBeforeResource
  if (isShort ? last?.length !== 1 || last[0] !== anyRun : texts.length !== parts.length) return false
  const compared = isShort ? parts.slice(0, -1) : parts
  return texts.length >= compared.length && compared.every((part, at) => fits(part, texts[at] ?? ''))
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
