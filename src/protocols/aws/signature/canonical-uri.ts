import { encodeStrictly } from './encode-strictly.ts'

/**
 * The path of a canonical request: dot segments and empty segments removed, then each segment of the wire form encoded
 * once more. Every service but S3 signs this form.
 *
 * @see AWS IAM user guide, "Create a canonical request", canonical URI
 */
export function canonicalUri(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(encodeStrictly(segment))
  }
  const trailing = segments.length > 0 && path.endsWith('/') ? '/' : ''
  return `/${segments.join('/')}${trailing}`
}
