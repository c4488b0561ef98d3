/**
 * The stanzas of a text in the format of Debian's control files, each with the fields asked for, by their first line.
 *
 * @see Debian Policy Manual, 5.1 "Syntax of control files"
 */
export function* readStanzas(text: string, names: readonly string[]): Generator<Map<string, string>> {
  let fields = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      if (fields.size > 0) yield fields
      fields = new Map()
      continue
    }
    const colon = line.indexOf(':')
    const name = line.slice(0, colon)
    if (colon > 0 && names.includes(name)) fields.set(name, line.slice(colon + 1).trim())
  }
  if (fields.size > 0) yield fields
}
