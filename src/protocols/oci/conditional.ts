/**
 * Whether `If-None-Match` names what would be sent. Everything here is named by its digest, so an entity tag never changes its
 * meaning.
 *
 * @see RFC 9110, section 13.1.2
 */
export function isKnownToClient(ifNoneMatch: string | undefined, digest: string): boolean {
  if (ifNoneMatch === undefined) return false
  const tags = ifNoneMatch.split(',').map((tag) => tag.trim().replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(entityTag(digest))
}

export function entityTag(digest: string): string {
  return `"${digest}"`
}
