import { RefusalError } from './refusal.ts'

/** A name and a value, both decoded. */
export type Parameter = readonly [name: string, value: string]

/**
 * Reads `application/x-www-form-urlencoded` text: a URL's query or a form body. The order and repetitions are kept.
 *
 * @throws RefusalError malformed-input for an escape that isn't UTF-8
 */
export function parseParameters(text: string): Parameter[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map(parseParameter)
}

function parseParameter(pair: string): Parameter {
  const equals = pair.indexOf('=')
  if (equals === -1) return [decode(pair), '']
  return [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch (cause) {
    throw new RefusalError('malformed-input', 'A parameter holds a malformed percent-encoding', { cause })
  }
}
