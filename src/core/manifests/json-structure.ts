import { invalidManifest } from './invalid-manifest.ts'
import { manifestLimits } from './limits.ts'

/**
 * Looks over JSON text that has parsed, without recursion: refuses nesting beyond the limit and an object that
 * has a member twice, since two readers may take different ones of the two (RFC 8259 section 4).
 *
 * @throws InvalidParameterError at `ImageManifest`
 */
export function checkStructure(json: string): void {
  const open: (Set<string> | undefined)[] = []
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (character === '"') {
      const end = endOfString(json, at)
      if (isMemberName(json, end)) addName(open.at(-1), json.slice(at, end + 1))
      at = end
    } else if (character === '{' || character === '[') {
      open.push(character === '{' ? new Set() : undefined)
      if (open.length > manifestLimits.depth) throw invalidManifest('Limit on depth of nesting exceeded')
    } else if (character === '}' || character === ']') {
      open.pop()
    }
  }
}

/** Index of the quote that closes the string opened at `start`. */
function endOfString(json: string, start: number): number {
  let at = start + 1
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}

/** In valid JSON only the name of a member is followed by a colon. */
function isMemberName(json: string, end: number): boolean {
  let at = end + 1
  while (json[at] === ' ' || json[at] === '\n' || json[at] === '\r' || json[at] === '\t') at++
  return json[at] === ':'
}

function addName(names: Set<string> | undefined, quoted: string): void {
  const name = quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1)
  if (names?.has(name)) throw invalidManifest()
  names?.add(name)
}
