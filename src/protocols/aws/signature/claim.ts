import type { HeaderFields } from '../header-fields.ts'
import type { Parameter } from '../query-string.ts'

/** The parts of a request that a signature covers, beside its body. */
export interface SignedRequest {
  readonly method: string
  /** As received. */
  readonly path: string
  /** Decoded; from the URL alone. */
  readonly query: readonly Parameter[]
  readonly headers: HeaderFields
}

/** What a request says about its own signature; nothing of it is true until the signature is verified. */
export interface Claim {
  readonly keyId: string
  readonly scope: CredentialScope
  readonly signedHeaders: readonly string[]
  /** As received; lower-case hex when it is one. */
  readonly signature: string
  readonly time: Date
  readonly sessionToken: string | undefined
  /** Seconds that a presigned URL lives from `time`; undefined when the signature is in the header. */
  readonly lifetime: number | undefined
}

/** What a signature is good for: a day, a region and a service. */
export interface CredentialScope {
  /** `YYYYMMDD` */
  readonly date: string
  readonly region: string
  readonly service: string
  readonly terminator: string
}

/** The one algorithm; the asymmetric SigV4a is refused. */
export const algorithm = 'AWS4-HMAC-SHA256'
