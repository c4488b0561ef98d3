import type { ConditionContext } from './condition-context.ts'

/** A run of any characters, none included; and exactly one. */
export const anyRun = Symbol('*')
export const anyOne = Symbol('?')

export interface Variable {
  readonly key: string
  readonly otherwise: string | undefined
}

export type Piece = string | typeof anyRun | typeof anyOne | Variable
/** A text whose variables are filled in: what they brought along is plain text, stars included. */
export type FilledPiece = Exclude<Piece, Variable>

/** `${key}`, `${key, 'otherwise'}`, or a wildcard that stands for itself: `${*}`, `${?}`, `${$}`. */
const variablePattern = /\$\{\s*(?:([*?$])|([^${},]+?)(?:\s*,\s*'([^']*)')?)\s*\}/y

/**
 * Takes a policy's text apart.
 *
 * @see IAM user guide, "IAM policy elements: Variables and tags"
 */
export function readTemplate(
  text: string,
  { wildcards, variables }: { readonly wildcards: boolean; readonly variables: boolean },
): Piece[] {
  const pieces: Piece[] = []
  let literal = ''
  const add = (piece: Piece, length: number) => {
    if (literal !== '') pieces.push(literal)
    literal = ''
    pieces.push(piece)
    return length
  }
  for (let at = 0; at < text.length; ) {
    const variable = variables ? variableAt(text, at) : undefined
    if (variable?.escaped !== undefined) {
      literal += variable.escaped
      at += variable.length
    } else if (variable?.piece) at += add(variable.piece, variable.length)
    else if (wildcards && text[at] === '*') at += add(anyRun, 1)
    else if (wildcards && text[at] === '?') at += add(anyOne, 1)
    else literal += text[at++]
  }
  return literal === '' ? pieces : [...pieces, literal]
}

function variableAt(text: string, at: number) {
  if (text[at] !== '$') return undefined
  variablePattern.lastIndex = at
  const [whole, escaped, key, otherwise] = variablePattern.exec(text) ?? []
  if (whole === undefined) return undefined
  return { length: whole.length, escaped, piece: key === undefined ? undefined : { key, otherwise } }
}

/** Fills in the variables; undefined when the request doesn't say what one of them stands for. */
export function fillIn(
  pieces: readonly Piece[],
  context: ConditionContext,
): readonly FilledPiece[] | undefined {
  const filled: FilledPiece[] = []
  for (const piece of pieces) {
    const text = isFilled(piece) ? piece : (context.single(piece.key) ?? piece.otherwise)
    if (text === undefined) return undefined
    filled.push(text)
  }
  return filled
}

/** Whether a piece is what it is, whatever the request. */
export function isFilled(piece: Piece): piece is FilledPiece {
  return typeof piece !== 'object'
}
