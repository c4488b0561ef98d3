/** Addresses that mean "every one of this machine", and the one of them that reaches it. */
const reachable: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' }

/**
 * The URL by which clients on this machine reach what listens on `url`, without a slash at its end.
 *
 * @example
 * localUrl('http://0.0.0.0:4566') // 'http://127.0.0.1:4566'
 */
export function localUrl(url: string): string {
  const { protocol, hostname, port } = new URL(url)
  return `${protocol}//${reachable[hostname] ?? hostname}${port === '' ? '' : `:${port}`}`
}
