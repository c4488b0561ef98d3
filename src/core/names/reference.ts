import { type Digest, isDigest } from './digest.ts'
import { isTag, type Tag } from './tag.ts'

/** What a manifest may be asked for by. */
export type Reference =
  | { readonly kind: 'digest'; readonly digest: Digest }
  | { readonly kind: 'tag'; readonly tag: Tag }

/** Reads the last part of `/v2/<name>/manifests/<reference>`; `undefined` when it is neither a tag nor a digest. */
export function readReference(text: string): Reference | undefined {
  if (isDigest(text)) return { kind: 'digest', digest: text }
  if (isTag(text)) return { kind: 'tag', tag: text }
  return undefined
}
