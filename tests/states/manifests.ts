import { digestOf, type Manifest as Image, manifests as images, imageType } from '../garbage/model.ts'

/** A manifest, and the one that it says it belongs to. */
export interface Manifest extends Image {
  readonly subject?: string
}

/** Belongs to the image `small`, as a signature does. */
export const signature = signatureOf('small')
export const manifests: readonly Manifest[] = [...images, signature]

export function manifestNamed(name: string): Manifest {
  const manifest = manifests.find((each) => each.name === name)
  if (manifest === undefined) throw new RangeError(name)
  return manifest
}

/** The name of the manifest with this digest, or the digest itself where it is nobody's: for people to read. */
export function nameOf(digest: string | undefined): string {
  return manifests.find(({ text }) => digestOf(text) === digest)?.name ?? String(digest)
}

function signatureOf(subject: string): Manifest {
  const name = `signature of ${subject}`
  const { type: mediaType = '', text = '' } = images.find((image) => image.name === subject) ?? {}
  const describe = (type: string, content: string) => ({
    mediaType: type,
    digest: digestOf(content),
    size: content.length,
  })
  const document = {
    schemaVersion: 2,
    mediaType: imageType,
    artifactType: 'application/vnd.example.signature',
    config: describe('application/vnd.oci.empty.v1+json', '{}'),
    layers: [describe('application/octet-stream', name)],
    subject: describe(mediaType, text),
  }
  return { name, type: imageType, text: JSON.stringify(document), blobs: ['{}', name], children: [], subject }
}
