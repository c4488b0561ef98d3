/** The words of a field in which several are written, with commas or blanks between them. */
export function readNames(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean)
}
