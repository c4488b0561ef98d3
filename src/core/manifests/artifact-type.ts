import type { Manifest } from './manifest.ts'

/**
 * What kind of artifact a manifest is: its `artifactType` or, for an image, else its config's media type.
 *
 * @see distribution spec, "Listing Referrers"
 */
export function artifactTypeOf(manifest: Manifest): string | undefined {
  return manifest.artifactType ?? (manifest.kind === 'image' ? manifest.config.mediaType : undefined)
}
