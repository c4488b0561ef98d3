import { type Digest, isDigest } from '../names/digest.ts'
import { isDocument } from './document.ts'
import { invalidManifest } from './invalid-manifest.ts'
import { readList, readMediaType, readText, refuseLookalikes } from './members.ts'

/** How a manifest points at bytes: what they are, their name and their length. */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: Digest
  readonly size: number
  /** Where else the bytes may be had; never followed by the registry. */
  readonly urls: readonly string[]
}

const members = ['mediaType', 'digest', 'size', 'urls', 'annotations', 'data', 'artifactType', 'platform']

/**
 * Reads a descriptor; members it doesn't know are let be.
 *
 * @throws InvalidParameterError without a media type, a sha256 or sha512 digest, or a whole size from 0 to 2^53 - 1
 * @see OCI image spec, "OCI Content Descriptors"
 */
export function readDescriptor(value: unknown): Descriptor {
  if (!isDocument(value)) throw invalidManifest()
  refuseLookalikes(value, members)
  const mediaType = readMediaType(value, 'mediaType')
  const digest = readText(value, 'digest')
  const { size } = value
  if (mediaType === undefined || digest === undefined || !isDigest(digest) || !isSize(size))
    throw invalidManifest()
  return { mediaType, digest, size, urls: readList(value, 'urls').map(readUrl) }
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function readUrl(value: unknown): string {
  if (typeof value !== 'string') throw invalidManifest()
  return value
}
