const references: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
  ['\r', '&#13;'],
])

/**
 * One element with its content, which must be markup already.
 *
 * @param namespace becomes the element's `xmlns`
 */
export function element(name: string, content: string, namespace?: string): string {
  const attribute = namespace === undefined ? '' : ` xmlns="${escapeXml(namespace)}"`
  return content === '' ? `<${name}${attribute}/>` : `<${name}${attribute}>${content}</${name}>`
}

/** Text as XML content. Characters that XML 1.0 can't hold at all become U+FFFD (section 2.2). */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"'\r]/g, (character) => references.get(character) ?? character)
}
