import { issueCertificate, makeAuthority, makeKey } from '../local-ca/local-authority.ts'
import type { TlsCertificate } from '../tls-identity.ts'

const permitted = { domains: ['example', 'localhost'], addresses: ['127.0.0.0/8'] }

/** A CA of the test's own, and server certificates from it. */
export function testAuthority() {
  const authority = makeAuthority(permitted, new Date())
  return {
    /** What a client is to trust. */
    cert: authority.cert,
    issue(names: readonly [string, ...string[]], now = new Date()): TlsCertificate {
      const key = makeKey()
      const { cert } = issueCertificate(authority, names, key, now)
      return { cert, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() }
    },
  }
}
