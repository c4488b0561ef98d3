import type { Config } from './config.ts'
import { isLoopback } from './host-names.ts'

/** The port that `https://` means. */
const httpsPort = 443

/** An address to listen on. Port 0 lets the system choose. */
export interface Place {
  readonly host: string
  readonly port: number
}

/** Whether there is HTTPS beside plain HTTP. */
export function servesTls({ tlsCert, tlsLocal }: Config): boolean {
  return tlsCert !== undefined || tlsLocal
}

/** Where plain HTTP is spoken: on this machine alone, unless it is allowed beyond. */
export function plainPlace({ host, port, allowPlainHttp }: Config): Place {
  return { host: isLoopback(host) || allowPlainHttp ? host : '127.0.0.1', port }
}

/** Where HTTPS is spoken, or undefined when it isn't. */
export function tlsPlace(config: Config): Place | undefined {
  return servesTls(config) ? { host: config.host, port: config.tlsPort ?? httpsPort } : undefined
}

/** What stands after the host of an `https` URL for this port. */
export function tlsPortSuffix(port: number): string {
  return port === httpsPort ? '' : `:${port}`
}
