import type { Config } from './config/config.ts'
import { plainPlace, tlsPlace } from './config/listening.ts'
import { isIn, parseNetworks } from './config/networks.ts'
import { openTlsIdentity } from './open-tls-identity.ts'
import type { IsTrusted } from './protocols/http/client-address.ts'
import { defaultHttpLimits, type HttpLimits } from './protocols/http/http-limits.ts'
import { type Listener, type ListenOptions, listen } from './protocols/http/listen.ts'

/** Everything that listens for one door. */
export interface Listeners extends AsyncDisposable {
  readonly plain: Listener
  /** HTTPS, when it is configured. */
  readonly tls: Listener | undefined
  /** As Listener's, for all of them at once. */
  close(graceMs: number): Promise<void>
}

/**
 * Listens wherever the configuration says. On failure nothing stays open.
 *
 * @throws CertificateFilesError when the certificate is no good, or the system's error when an address can't be listened on
 */
export async function openListeners(
  config: Config,
  parts: Pick<ListenOptions, 'door' | 'log' | 'observe' | 'upgrades'> & { readonly now: () => Date },
): Promise<Listeners> {
  const { now, ...common } = parts
  const listening = { ...common, limits: limitsOf(config), isTrustedProxy: trustedProxies(config) }
  await using opening = new AsyncDisposableStack()
  const identity = await openTlsIdentity(config, { log: common.log, now })
  if (identity) opening.use(identity)
  const plain = opening.adopt(await listen({ ...plainPlace(config), ...listening }), close)
  const place = tlsPlace(config)
  const tls = place && opening.adopt(await listen({ ...place, ...listening, tls: identity }), close)
  const open = opening.move()
  return {
    plain,
    tls,
    close: async (graceMs) => {
      await Promise.all([plain.close(graceMs), tls?.close(graceMs)])
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

function close(listener: Listener): Promise<void> {
  return listener.close(0)
}

function limitsOf({ headerTimeout, idleTimeout, maxConnections }: Config): HttpLimits {
  return {
    ...defaultHttpLimits,
    headersMs: headerTimeout * 1000,
    idleMs: idleTimeout * 1000,
    connections: maxConnections,
  }
}

function trustedProxies(config: Config): IsTrusted {
  const networks = parseNetworks(config.trustedProxies)
  return (address) => networks !== undefined && isIn(networks, address)
}
