import { DomainError } from '../../core/errors.ts'
import { UpstreamTooManyRequestsError } from '../../core/pull-through/errors.ts'
import { type ErrorCode, OciError, type Refusal } from './refusal.ts'

interface Row {
  readonly status: number
  readonly code: ErrorCode
  /** In place of the error's own message, where ECR says something else on this wire. */
  readonly message?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Seconds; what is too much now is soon over. */
const soon = { 'retry-after': '1' }

/**
 * How the domain's errors look on `/v2/`: ECR's own pairs of code and status, which clients know (containers/image, for one, waits
 * for UNSUPPORTED with `Invalid JSON syntax` to try another manifest format).
 */
const rows: Readonly<Record<string, Row>> = {
  RepositoryNotFoundError: { status: 404, code: 'NAME_UNKNOWN' },
  ImageNotFoundError: { status: 404, code: 'MANIFEST_UNKNOWN', message: 'Requested image not found' },
  ImageInaccessibleError: { status: 404, code: 'MANIFEST_UNKNOWN' },
  ImageTagAlreadyExistsError: { status: 400, code: 'TAG_INVALID' },
  ImageDigestDoesNotMatchError: { status: 400, code: 'MANIFEST_INVALID' },
  LayersNotFoundError: { status: 404, code: 'MANIFEST_BLOB_UNKNOWN' },
  ReferencedImagesNotFoundError: { status: 404, code: 'MANIFEST_BLOB_UNKNOWN' },
  ImageReferencedByManifestListError: { status: 405, code: 'UNSUPPORTED' },
  LayerReferencedByImageError: { status: 405, code: 'UNSUPPORTED' },
  LayerInaccessibleError: { status: 404, code: 'BLOB_UNKNOWN' },
  LayerNotFoundError: { status: 404, code: 'BLOB_UNKNOWN' },
  ReferenceChangedError: { status: 412, code: 'DENIED' },
  UploadNotFoundError: { status: 404, code: 'BLOB_UPLOAD_UNKNOWN' },
  UploadOutOfOrderError: { status: 416, code: 'BLOB_UPLOAD_INVALID' },
  EmptyUploadError: { status: 400, code: 'BLOB_UPLOAD_INVALID' },
  DigestMismatchError: { status: 400, code: 'BLOB_UPLOAD_INVALID' },
  BodyCutShortError: { status: 400, code: 'SIZE_INVALID' },
  InvalidParameterError: { status: 405, code: 'UNSUPPORTED' },
  InvalidRequestError: { status: 400, code: 'UNSUPPORTED' },
  PullRefusedByGateError: { status: 403, code: 'DENIED' },
  LimitExceededError: { status: 403, code: 'DENIED' },
  RateExceededError: { status: 429, code: 'TOOMANYREQUESTS', headers: soon },
  TooManyUploadsError: { status: 429, code: 'TOOMANYREQUESTS' },
  AccessDeniedError: { status: 403, code: 'DENIED' },
  StorageFullError: { status: 507, code: 'UNAVAILABLE' },
  UpstreamAccessDeniedError: { status: 403, code: 'DENIED' },
  UpstreamTooManyRequestsError: { status: 429, code: 'TOOMANYREQUESTS' },
  UpstreamUnavailableError: { status: 503, code: 'UNAVAILABLE' },
  LayerDamagedError: { status: 500, code: 'UNAVAILABLE' },
}

/** What to answer for an error, or undefined for one that nobody expects: a bug or damage. */
export function refusalFor(error: unknown): Refusal | undefined {
  if (error instanceof OciError) return error.refusal
  if (!(error instanceof DomainError)) return undefined
  const row = rows[error.name]
  return row && { message: error.message, ...row, ...retryAfter(error) }
}

/** As long as an upstream wants to be left alone. */
function retryAfter(error: DomainError): Pick<Refusal, 'headers'> {
  if (!(error instanceof UpstreamTooManyRequestsError)) return {}
  return { headers: { 'retry-after': `${error.retryAfterSeconds}` } }
}
