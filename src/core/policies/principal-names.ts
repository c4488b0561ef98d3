import { type JsonString, jsonStrings } from './json-strings.ts'

/**
 * The `AWS` principals that a policy's statements name, each once, in their order.
 *
 * @param text a policy, as `parsePolicy` takes it
 */
export function principalsIn(text: string): string[] {
  return [...new Set(principalStrings(text).map(({ value }) => value))]
}

/**
 * A policy's text with `AWS` principals called by other names. Nothing else in it changes, not even a blank: conditions and resources
 * keep what looks the same.
 *
 * @param names the new names of the principals that get one
 */
export function renamePrincipals(text: string, names: ReadonlyMap<string, string>): string {
  let renamed = ''
  let done = 0
  for (const { value, start, end } of principalStrings(text)) {
    const name = names.get(value)
    if (name === undefined) continue
    renamed += text.slice(done, start) + JSON.stringify(name)
    done = end
  }
  return renamed + text.slice(done)
}

function principalStrings(text: string): JsonString[] {
  return [...jsonStrings(text)].filter(({ path }) => isPrincipal(path))
}

function isPrincipal([first, second, third, ...others]: readonly string[]): boolean {
  if (first !== 'Statement' || third !== 'AWS' || others.length > 0) return false
  return second === 'Principal' || second === 'NotPrincipal'
}
