import type { PolicyDocument, Statement } from './policy-document.ts'

/** Every condition key that policies ask for, each once whatever its case, in their order. */
export function conditionKeys(documents: readonly PolicyDocument[]): string[] {
  return distinct(documents.flatMap(({ statements }) => statements.flatMap(keysOf)))
}

function keysOf({ keys }: Statement): readonly string[] {
  return keys
}

export function distinct(keys: readonly string[]): string[] {
  return [...new Map(keys.toReversed().map((key) => [key.toLowerCase(), key])).values()].toReversed()
}
