import { invalidManifest } from './invalid-manifest.ts'
import { manifestLimits } from './limits.ts'

/**
 * Looks over JSON text before anything parses it, once and without recursion: refuses more nesting or members than
 * the limits, and an object that has a member twice, since two readers may take different ones of the two
 * (RFC 8259 section 4). Whether the text is JSON at all is for the parser to say.
 *
 * @throws InvalidParameterError at `ImageManifest`
 */
export function checkStructure(json: string): void {
  const open: OpenValue[] = []
  let members = 0
  for (let at = 0; at < json.length; at++) {
    const character = json[at]
    if (character === '"') {
      const end = endOfString(json, at)
      if (isMemberName(json, end)) {
        if (++members > manifestLimits.members) throw invalidManifest('Limit on number of members exceeded')
        addName(open.at(-1), json.slice(at, end + 1))
      }
      at = end
    } else if (character === '{' || character === '[') {
      open.push({})
      if (open.length > manifestLimits.depth) throw invalidManifest('Limit on depth of nesting exceeded')
    } else if (character === '}' || character === ']') {
      open.pop()
    }
  }
}

/** An object or list that has begun, with the names of its members once there are any. */
interface OpenValue {
  names?: Set<string>
}

/** Index of the quote that closes the string opened at `start`, or one beyond the text when none does. */
function endOfString(json: string, start: number): number {
  let at = start + 1
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1
  return at
}

/** In JSON only the name of a member is followed by a colon. */
function isMemberName(json: string, end: number): boolean {
  let at = end + 1
  while (json[at] === ' ' || json[at] === '\n' || json[at] === '\r' || json[at] === '\t') at++
  return json[at] === ':'
}

function addName(value: OpenValue | undefined, quoted: string): void {
  if (value === undefined) throw invalidManifest()
  const name = quoted.includes('\\') ? unescaped(quoted) : quoted.slice(1, -1)
  value.names ??= new Set()
  if (value.names.has(name)) throw invalidManifest()
  value.names.add(name)
}

function unescaped(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    throw invalidManifest()
  }
}
