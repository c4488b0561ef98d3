import type { Brand } from '../brand.ts'
import { InvalidParameterError } from '../errors.ts'

/** `sha256:` and 64, or `sha512:` and 128, lower-case hexadecimal digits: the name of some exact bytes. */
export type Digest = Brand<string, 'Digest'>

export type DigestAlgorithm = 'sha256' | 'sha512'

const pattern = /^(?:sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128})$/

export function isDigest(text: string): text is Digest {
  return pattern.test(text)
}

/** @throws InvalidParameterError at `imageDigest`. @see OCI image spec, "Digests" */
export function parseDigest(text: string, field = 'imageDigest'): Digest {
  if (!isDigest(text)) {
    throw new InvalidParameterError(field, "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'")
  }
  return text
}

/** Names bytes whose hash is already known. `hex` must be the lower-case result of that algorithm. */
export function digestOf(algorithm: DigestAlgorithm, hex: string): Digest {
  return parseDigest(`${algorithm}:${hex}`)
}

export function digestAlgorithm(digest: Digest): DigestAlgorithm {
  return digest.startsWith('sha512:') ? 'sha512' : 'sha256'
}

/** The hexadecimal half; safe as a file name, since a digest is nothing else. */
export function digestHex(digest: Digest): string {
  return digest.slice(digest.indexOf(':') + 1)
}
