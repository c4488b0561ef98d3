import { InvalidParameterError } from '../errors.ts'
import { invalidManifest } from './invalid-manifest.ts'
import { checkStructure } from './json-structure.ts'
import { manifestLimits } from './limits.ts'

/** A JSON object whose members nobody has checked yet; `null` members count as absent, as Go's clients write them. */
export type Document = Readonly<Record<string, unknown>>

/**
 * Reads a manifest's bytes as one JSON object, without looking at what it says.
 *
 * @throws InvalidParameterError for more than 4,194,304 bytes, for anything but UTF-8 (RFC 8259 section 8.1), for
 *   what is no JSON object, for a repeated member, and for more nesting or members than the limits
 */
export function readDocument(content: Uint8Array): Document {
  if (content.byteLength > manifestLimits.bytes) {
    throw new InvalidParameterError(
      'imageManifest',
      `Member must have length less than or equal to ${manifestLimits.bytes}`,
    )
  }
  const text = decode(content)
  checkStructure(text)
  const value = parse(text)
  if (!isDocument(value)) throw invalidManifest()
  return value
}

export function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function decode(content: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    throw invalidManifest()
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalidManifest()
  }
}
