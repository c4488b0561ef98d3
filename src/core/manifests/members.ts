import { type Document, isDocument } from './document.ts'
import { invalidManifest } from './invalid-manifest.ts'

const mediaTypePattern = /^\P{Cc}{1,255}$/u

/** A text member, or undefined where there is none. @throws InvalidParameterError when it is something else */
export function readText(document: Document, member: string): string | undefined {
  const value = document[member] ?? undefined
  if (value !== undefined && typeof value !== 'string') throw invalidManifest()
  return value
}

/**
 * A member that names a kind of content, such as `application/vnd.oci.image.config.v1+json`; an empty one is none.
 * Parameters are let be, control characters and more than 255 characters aren't (RFC 6838 section 4.2 is stricter).
 *
 * @throws InvalidParameterError when it is something else
 */
export function readMediaType(document: Document, member: string): string | undefined {
  const mediaType = readText(document, member) || undefined
  if (mediaType !== undefined && !mediaTypePattern.test(mediaType)) throw invalidManifest()
  return mediaType
}

/** A list member; an absent one is empty. @throws InvalidParameterError when it is something else */
export function readList(document: Document, member: string): readonly unknown[] {
  const value = document[member] ?? []
  if (!Array.isArray(value)) throw invalidManifest()
  return value
}

/** A member that maps texts to texts; an absent one is empty. @throws InvalidParameterError when it is something else */
export function readTextMap(document: Document, member: string): Readonly<Record<string, string>> {
  const value = document[member] ?? {}
  if (!isTextMap(value)) throw invalidManifest()
  return value
}

/** Whether the document says anything under this name. */
export function hasMember(document: Document, member: string): boolean {
  return Object.hasOwn(document, member) && document[member] !== null
}

/**
 * Refuses a member that is one of `names` but for the case of its letters. Go's JSON reader, and so most clients,
 * takes `Layers` for `layers`: the two sides would see two different images under one digest.
 *
 * @throws InvalidParameterError
 */
export function refuseLookalikes(document: Document, names: readonly string[]): void {
  const exact = new Set(names)
  const folded = new Set(names.map(fold))
  for (const member of Object.keys(document)) {
    if (!exact.has(member) && folded.has(fold(member))) throw invalidManifest()
  }
}

/** Upper case first, so that the long s and the Kelvin sign fold as they do in Go. */
function fold(name: string): string {
  return name.toUpperCase().toLowerCase()
}

function isTextMap(value: unknown): value is Readonly<Record<string, string>> {
  return isDocument(value) && Object.values(value).every((text) => typeof text === 'string')
}
