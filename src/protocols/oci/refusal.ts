/**
 * What a registry says when it refuses: the codes of the distribution spec, "Error Codes", ECR's TAG_INVALID for a tag that may not be
 * moved, and, for failures of the registry itself, UNAVAILABLE and UNKNOWN.
 */
export type ErrorCode =
  | 'BLOB_UNKNOWN'
  | 'BLOB_UPLOAD_INVALID'
  | 'BLOB_UPLOAD_UNKNOWN'
  | 'DENIED'
  | 'DIGEST_INVALID'
  | 'MANIFEST_BLOB_UNKNOWN'
  | 'MANIFEST_INVALID'
  | 'MANIFEST_UNKNOWN'
  | 'NAME_INVALID'
  | 'NAME_UNKNOWN'
  | 'SIZE_INVALID'
  | 'TAG_INVALID'
  | 'TOOMANYREQUESTS'
  | 'UNAVAILABLE'
  | 'UNKNOWN'
  | 'UNSUPPORTED'

/** How a refusal looks on the wire. */
export interface Refusal {
  readonly status: number
  readonly code: ErrorCode
  readonly message: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Something this protocol refuses by its own rules, before the registry is asked. */
export class OciError extends Error {
  override readonly name = 'OciError'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.message)
    this.refusal = refusal
  }
}

/** A text in the place of a digest that is none, or none of an algorithm the registry knows. */
export function invalidDigest(text: string): OciError {
  return new OciError({
    status: 400,
    code: 'DIGEST_INVALID',
    message: `Not a sha256 or sha512 digest: '${text}'`,
  })
}
