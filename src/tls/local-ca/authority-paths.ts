import { join } from 'node:path'

/** The CA's certificate alone, for clients on this machine. */
export function authorityCertificateFile(dataDir: string): string {
  return join(dataDir, 'tls', 'local-ca.crt')
}

/** The CA with its private key. */
export function authorityFile(dataDir: string): string {
  return join(dataDir, 'tls', 'local-ca.pem')
}
