import { type Digest, isDigest } from '../../core/names/digest.ts'
import { invalidDigest } from './refusal.ts'

/** Reads a digest in a path or a query. @throws OciError DIGEST_INVALID for anything else */
export function digestArgument(text: string): Digest {
  if (!isDigest(text)) throw invalidDigest(text)
  return text
}
