/** What a terminal or a careless reader of lines may act on, though JSON allows it inside a text. */
const risky = /[\u007f-\u009f\u2028\u2029]/g

/**
 * An object as one line of JSON. Whatever a client put into a text stays inside its quotes, and no control character is left
 * bare.
 */
export function jsonLine(value: object): string {
  return `${JSON.stringify(value).replace(risky, escapeCharacter)}\n`
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
