/**
 * What one client may cost. There is no limit on how long a whole request takes, since a layer may take hours; the limits are on
 * silence and on bodies that trickle. All times are milliseconds.
 */
export interface HttpLimits {
  /** From the first byte of a connection or request to the end of its headers. */
  readonly headersMs: number
  /** A connection on which nothing moves is closed after this, unless the server is the one at work. */
  readonly idleMs: number
  /** In each `idleMs` a body that is being read must bring at least so many bytes. */
  readonly leastBytesPerIdle: number
  /** How long the rest of a body is thrown away after the answer, so that a client that only writes sees it. */
  readonly lingerMs: number
  /** All header lines of a request together. A registry token needs about one KiB. */
  readonly headerBytes: number
  /** Open connections; requests on further ones are refused. */
  readonly connections: number
}

export const defaultHttpLimits: HttpLimits = {
  headersMs: 20_000,
  idleMs: 60_000,
  leastBytesPerIdle: 4096,
  lingerMs: 60_000,
  headerBytes: 32 * 1024,
  connections: 4096,
}
