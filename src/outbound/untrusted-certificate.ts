/** What OpenSSL says of a chain that leads to no certificate that this process believes. */
const untrusted: readonly string[] = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]

/** Whether a connection failed because nobody that this process believes vouches for the server, and for no other reason. */
export function isUntrusted(error: unknown): boolean {
  return error instanceof Error && 'code' in error && untrusted.includes(String(error.code))
}
