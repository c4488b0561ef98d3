import { declaredMediaType } from './declared-media-type.ts'
import { type Descriptor, readDescriptor } from './descriptor.ts'
import { type Document, readDocument } from './document.ts'
import { invalidManifest } from './invalid-manifest.ts'
import { manifestLimits } from './limits.ts'
import type { Manifest } from './manifest.ts'
import { manifestKind } from './media-types.ts'
import { hasMember, readList, readMediaType, readTextMap, refuseLookalikes } from './members.ts'

const imageMembers = ['config', 'layers']
const indexMembers = ['manifests']
const sharedMembers = ['schemaVersion', 'mediaType', 'artifactType', 'subject', 'annotations']
const members = [...sharedMembers, ...imageMembers, ...indexMembers]

/**
 * Reads a Docker schema 2 or OCI manifest from its exact bytes. Whatever OCI image spec 1.1 allows is accepted,
 * unknown members included.
 *
 * @param declared the media type the client gave: `Content-Type` on `/v2/`, `imageManifestMediaType` in PutImage
 * @throws InvalidParameterError at `ImageManifest`: not JSON or not what its media type asks for (`Invalid JSON
 *   syntax`), an image and an index at once, or beyond a limit of `manifestLimits`
 * @throws InvalidRequestError for a media type that is missing or not supported
 */
export function readManifest(content: Uint8Array, declared?: string): Manifest {
  const document = readDocument(content)
  refuseLookalikes(document, members)
  const mediaType = declaredMediaType(document, declared)
  if (document.schemaVersion !== 2) throw invalidManifest()
  const facts = {
    mediaType,
    artifactType: readMediaType(document, 'artifactType'),
    subject: readOptionalDescriptor(document, 'subject')?.digest,
    annotations: readTextMap(document, 'annotations'),
  }
  return manifestKind(mediaType) === 'image'
    ? { kind: 'image', ...facts, ...readImage(document) }
    : { kind: 'index', ...facts, ...readIndex(document) }
}

function readImage(document: Document): { config: Descriptor; layers: Descriptor[] } {
  refuseMembers(document, indexMembers)
  if (!Object.hasOwn(document, 'layers')) throw invalidManifest()
  const layers = readList(document, 'layers')
  if (layers.length > manifestLimits.layers) {
    throw invalidManifest('Limit on number of layers per image exceeded')
  }
  return { config: readDescriptor(document.config), layers: layers.map(readDescriptor) }
}

function readIndex(document: Document): { manifests: Descriptor[] } {
  refuseMembers(document, imageMembers)
  if (!Object.hasOwn(document, 'manifests')) throw invalidManifest()
  const manifests = readList(document, 'manifests')
  if (manifests.length > manifestLimits.manifests) {
    throw invalidManifest('Limit on number of manifests per image index exceeded')
  }
  return { manifests: manifests.map(readDescriptor) }
}

function readOptionalDescriptor(document: Document, member: string): Descriptor | undefined {
  return hasMember(document, member) ? readDescriptor(document[member]) : undefined
}

/** A document that could pass for the other kind is no manifest at all. */
function refuseMembers(document: Document, names: readonly string[]): void {
  if (names.some((name) => hasMember(document, name))) throw invalidManifest()
}
