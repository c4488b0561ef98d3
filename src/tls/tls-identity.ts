/** A certificate, perhaps with the ones between it and its root, and its private key; both PEM. */
export interface TlsCertificate {
  readonly cert: string
  readonly key: string
}

/** Who a TLS listener shows itself to be. Asked anew for every connection, so that a certificate can change under way. */
export interface TlsIdentity {
  /** For a client that names no host, as one does that connects to an IP address. */
  unnamed(): TlsCertificate
  /** For the host a client names (SNI, RFC 6066, section 3), as it came; undefined for one that isn't served. */
  named(serverName: string): TlsCertificate | undefined
}
