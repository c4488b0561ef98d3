import type { Config } from './config/config.ts'
import { isIn, parseNetworks } from './config/networks.ts'
import { OutboundClient } from './outbound/outbound-client.ts'

/** The way to other servers, beyond the public internet as far as the configuration allows. */
export function openOutbound(config: Config): OutboundClient {
  const networks = parseNetworks(config.outboundNetworks)
  return new OutboundClient({ isAllowed: (address) => networks !== undefined && isIn(networks, address) })
}
