/** Whether a setting that may name a file holds the file's text itself, as fits a variable. */
export function isInlineJson(text: string): boolean {
  return text.trimStart().startsWith('{')
}
