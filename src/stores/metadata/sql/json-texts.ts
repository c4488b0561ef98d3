/** Reads a column that holds a JSON array of texts. */
export function readTexts(json: string): string[] {
  const texts: unknown = JSON.parse(json)
  if (Array.isArray(texts) && texts.every((text) => typeof text === 'string')) return texts
  throw new TypeError(`Not a list of texts: ${json}`)
}
