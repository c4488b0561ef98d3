import type { Config } from './config/config.ts'
import { plainPlace, tlsPlace } from './config/listening.ts'
import type { Log } from './observability/log.ts'
import { openTlsIdentity } from './open-tls-identity.ts'
import type { HttpDoor } from './protocols/http/exchange.ts'
import { type Listener, listen } from './protocols/http/listen.ts'

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
  { door, log, now }: { readonly door: HttpDoor; readonly log: Log; readonly now: () => Date },
): Promise<Listeners> {
  await using opening = new AsyncDisposableStack()
  const identity = await openTlsIdentity(config, { log, now })
  if (identity) opening.use(identity)
  const plain = opening.adopt(await listen({ ...plainPlace(config), door, log }), close)
  const place = tlsPlace(config)
  const tls = place && opening.adopt(await listen({ ...place, door, log, tls: identity }), close)
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
