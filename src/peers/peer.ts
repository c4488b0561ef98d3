import type { OutboundClient } from '../outbound/outbound-client.ts'

/** Another Berth, and who this one is there. */
export interface Peer {
  /** Scheme, host and port. */
  readonly url: URL
  readonly key: { readonly accessKeyId: string; readonly secretAccessKey: string }
  readonly outbound: OutboundClient
  /** The true time: signatures hold for minutes. */
  readonly now: () => Date
}
