import type { IncomingHttpHeaders } from 'node:http'
import type { Expectation } from '../../core/images/expectation.ts'
import { OciError } from './refusal.ts'

/**
 * Whether `If-None-Match` names what would be sent. Everything here is named by its digest, so an entity tag never changes its
 * meaning.
 *
 * @see RFC 9110, section 13.1.2
 */
export function isKnownToClient(ifNoneMatch: string | undefined, digest: string): boolean {
  if (ifNoneMatch === undefined) return false
  const tags = entityTags(ifNoneMatch).map((tag) => tag.replace(/^W\//, ''))
  return tags.includes('*') || tags.includes(entityTag(digest))
}

/**
 * What `If-Match` and `If-None-Match` say of the reference that a PUT or DELETE changes; undefined without them. Weak tags match
 * nothing in `If-Match`.
 *
 * @see RFC 9110, sections 13.1.1 and 13.1.2; distribution spec, "Referrers Tag Schema": conditional pushes against lost updates
 */
export function readExpectation(headers: IncomingHttpHeaders): Expectation | undefined {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers
  if (match === undefined && noneMatch === undefined) return undefined
  return (current) => {
    if (current === undefined) return match === undefined
    return (match === undefined || isNamed(match, current)) && !isKnownToClient(noneMatch, current)
  }
}

/**
 * Refuses to send a reader something else than `If-Match` names.
 *
 * @throws OciError 412
 * @see RFC 9110, section 13.1.1
 */
export function requireMatch(ifMatch: string | undefined, digest: string): void {
  if (ifMatch === undefined || isNamed(ifMatch, digest)) return
  throw new OciError({ status: 412, code: 'DENIED', message: `What is here is ${digest}` })
}

function isNamed(ifMatch: string, digest: string): boolean {
  const tags = entityTags(ifMatch)
  return tags.includes('*') || tags.includes(entityTag(digest))
}

function entityTags(header: string): string[] {
  return header.split(',').map((tag) => tag.trim())
}

export function entityTag(digest: string): string {
  return `"${digest}"`
}
