import { isObject, type JsonObject } from './json-members.ts'
import { isFilled, readTemplate } from './template.ts'

/** The condition keys that a statement asks for: those of its conditions, and the variables in its resources and values. */
export function readKeys(
  { Condition: condition, Resource, NotResource }: JsonObject,
  { variables }: { readonly variables: boolean },
): string[] {
  const tests = isObject(condition) ? Object.values(condition).filter(isObject) : []
  const texts = textsIn([tests.map((keys) => Object.values(keys)), Resource, NotResource])
  const asVariables = variables ? texts.flatMap(variablesIn) : []
  return [...tests.flatMap((keys) => Object.keys(keys)), ...asVariables]
}

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn)
  return typeof value === 'string' ? [value] : []
}

function variablesIn(text: string): string[] {
  return readTemplate(text, { wildcards: false, variables: true }).flatMap((piece) =>
    isFilled(piece) ? [] : [piece.key],
  )
}
