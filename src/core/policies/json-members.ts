import { PolicyDocumentError } from './policy-document-error.ts'

export const syntaxError = 'Syntax errors in policy.'

export type JsonObject = Readonly<Record<string, unknown>>

/** @throws PolicyDocumentError unless it is an object with no other members than these */
export function readObject(value: unknown, members?: readonly string[]): JsonObject {
  if (!isObject(value)) throw new PolicyDocumentError(syntaxError)
  if (members !== undefined && Object.keys(value).some((name) => !members.includes(name))) {
    throw new PolicyDocumentError(syntaxError)
  }
  return value
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One text or a list of them. @throws PolicyDocumentError for anything else, and for an empty list */
export function readTexts(value: unknown): readonly string[] {
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value]
  if (texts.length > 0 && texts.every((text) => typeof text === 'string')) return texts
  throw new PolicyDocumentError(syntaxError)
}
