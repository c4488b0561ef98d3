import { isIP } from 'node:net'
import { globalStsHost } from '../core/names/aws-host.ts'
import type { Config } from './config.ts'
import { isLoopback } from './host-names.ts'

/** What the local CA has to do with names. */
export interface LocalTlsNames {
  /** Names and addresses of this Berth, besides those that each region has. */
  readonly own: readonly [string, ...string[]]
  /** What the CA may ever certify: names below domains, and blocks of addresses. */
  readonly permitted: { readonly domains: readonly string[]; readonly addresses: readonly string[] }
}

/** The names for which a Berth of this configuration needs certificates of its own. */
export function localTlsNames({ host, registryHost, registryDomain }: Config): LocalTlsNames {
  const domains = registryDomain === undefined ? [] : [registryDomain.toLowerCase()]
  const given = registryHost === undefined ? [] : [registryHost.replace(/:\d+$/, '').toLowerCase()]
  const loopback = ['127.0.0.1', '::1', ...(isLoopback(host) && isIP(host) ? [host] : [])]
  const own = new Set([...loopback, ...given, ...domains.map(globalStsHost)])
  own.delete('localhost')
  return {
    own: ['localhost', ...own],
    permitted: {
      domains: [...new Set(['localhost', ...domains, ...given.filter((name) => !isIP(name))])],
      addresses: ['127.0.0.0/8', '::1/128', ...given.filter((name) => isIP(name)).map((ip) => `${ip}/32`)],
    },
  }
}
