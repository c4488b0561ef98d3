import { isIP } from 'node:net'

const hostName = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i
const hostAndPort = /^(?<host>.*?)(:(?<port>[0-9]{1,5}))?$/

/** A name that DNS allows (RFC 1123, section 2.1), dotted or not. */
export function isHostName(text: string): boolean {
  return hostName.test(text)
}

/** Something a server can listen on: an IPv4 or IPv6 address without brackets, or a host name. */
export function isListenAddress(text: string): boolean {
  return isIP(text) !== 0 || isHostName(text)
}

/** What stands before the first slash of an image's name: a host name or IPv4 address, and perhaps a port. */
export function isRegistryHost(text: string): boolean {
  const { host = '', port } = hostAndPort.exec(text)?.groups ?? {}
  return isHostName(host) && (port === undefined || Number(port) <= 65_535)
}

/** Whether only this machine can reach what listens there. Other names are taken to be reachable, wherever they resolve to. */
export function isLoopback(host: string): boolean {
  if (isIP(host) === 4) return host.startsWith('127.')
  return host === '::1' || host.toLowerCase() === 'localhost'
}

/** The same of a URL's host. */
export function isLoopbackUrl(url: string): boolean {
  return isLoopback(new URL(url).hostname.replace(/^\[(.*)\]$/, '$1'))
}
