/** How a request came, as conditions can ask. What a client says of itself is in there as well: no policy should trust it. */
export interface Surroundings {
  /** The client's address, behind the proxies that are trusted; none where this server acts by itself. */
  readonly sourceIp: string | undefined
  /** Whether it came by TLS, as the client sees it. */
  readonly isSecure: boolean
  /** The region that the request was signed for, where it was. */
  readonly region?: string
  readonly userAgent?: string | undefined
  readonly referer?: string | undefined
}
