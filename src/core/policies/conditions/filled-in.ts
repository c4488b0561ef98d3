import type { ConditionContext } from '../condition-context.ts'
import { type FilledPiece, fillIn, isFilled, readTemplate } from '../template.ts'

/** Reads a policy's value once, and again for each request only where it has variables. */
export function filledIn(
  text: string,
  options: { readonly wildcards: boolean; readonly variables: boolean },
): (context: ConditionContext) => readonly FilledPiece[] | undefined {
  const pieces = readTemplate(text, options)
  const plain = pieces.filter(isFilled)
  return plain.length === pieces.length ? () => plain : (context) => fillIn(pieces, context)
}
