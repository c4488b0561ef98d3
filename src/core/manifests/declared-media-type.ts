import { InvalidRequestError } from '../errors.ts'
import type { Document } from './document.ts'
import { invalidManifest } from './invalid-manifest.ts'
import { isManifestMediaType, type ManifestMediaType } from './media-types.ts'
import { readText } from './members.ts'

/**
 * The media type of a manifest: what it says of itself and what the client declared (parameters such as `charset`
 * apart) must agree, and either is enough. An empty text says nothing.
 *
 * @throws InvalidParameterError when the two differ (CVE-2021-41190: one digest must not mean two things)
 * @throws InvalidRequestError when neither is given, or for a type that is no supported manifest
 */
export function declaredMediaType(document: Document, declared: string | undefined): ManifestMediaType {
  const inside = readText(document, 'mediaType') ?? ''
  const outside = declared?.split(';', 1)[0]?.trim() ?? ''
  if (inside !== '' && outside !== '' && inside !== outside) {
    throw invalidManifest(`mediaType in manifest must be the declared '${outside}'`)
  }
  const mediaType = inside || outside
  if (mediaType === '') {
    throw new InvalidRequestError('image manifest mediatype not provided in manifest or parameter')
  }
  if (!isManifestMediaType(mediaType))
    throw new InvalidRequestError(`Unsupported manifest type: "${mediaType}"`)
  return mediaType
}
