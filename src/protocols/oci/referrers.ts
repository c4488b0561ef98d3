import type { Image } from '../../core/images/image.ts'
import { readManifest } from '../../core/manifests/read-manifest.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { MetadataReader } from '../../stores/metadata/metadata-store.ts'

/** An entry of the referrers list. @see OCI image spec, "Image Index", and distribution spec, "Listing Referrers" */
interface ReferrerDescriptor {
  readonly mediaType: string
  readonly digest: Digest
  readonly size: number
  readonly artifactType?: string
  readonly annotations?: Readonly<Record<string, string>>
}

export interface ReferrersPage {
  readonly descriptors: readonly ReferrerDescriptor[]
  /** The last entry, when there may be more after it. */
  readonly last: Digest | undefined
}

const perRead = 100
// Annotations can make each entry as long as a manifest; a page must stay within what clients read.
const pageBytes = 2 * 1024 * 1024

/** One page of the manifests that are about `subject`, by digest, of one artifact type if one is given. */
export async function readReferrers(
  { images }: Pick<MetadataReader, 'images'>,
  repositoryId: number,
  asked: {
    readonly subject: Digest
    readonly artifactType: string | undefined
    readonly after: Digest | undefined
  },
): Promise<ReferrersPage> {
  const found = await images.referrersOf(repositoryId, asked.subject, { after: asked.after, limit: perRead })
  const descriptors: ReferrerDescriptor[] = []
  let bytes = 0
  for (const image of found) {
    if (asked.artifactType !== undefined && image.artifactType !== asked.artifactType) continue
    const content = await images.content(repositoryId, image.digest)
    if (content === undefined) continue
    descriptors.push(describe(image, content))
    bytes += content.length
    if (bytes >= pageBytes) return { descriptors, last: image.digest }
  }
  return { descriptors, last: found.length === perRead ? found.at(-1)?.digest : undefined }
}

function describe(image: Image, content: Uint8Array): ReferrerDescriptor {
  const { digest, mediaType, manifestBytes: size, artifactType } = image
  const { annotations } = readManifest(content, mediaType)
  return {
    mediaType,
    digest,
    size,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  }
}
