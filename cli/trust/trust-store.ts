/** Where a kind of system keeps the CAs that its programs believe. Paths are absolute. */
export interface TrustStore {
  /** What is there on these systems alone. */
  readonly tellTale: string
  /** Folder for CAs of one's own. */
  readonly folder: string
  /** What takes over what has come into the folder. */
  readonly update: Command
  /** The same for what has gone from it. */
  readonly forget: Command
  /** What it makes of all CAs, in one file. */
  readonly bundle: string
}

/** A program of the system and its arguments. */
export type Command = readonly [program: string, ...args: string[]]

/** A name that nobody else gives, so that what is found under it is Berth's. */
export const caFileName = 'berth-local-ca.crt'

/**
 * Debian's program overlooks a file of one's own that has gone: its links stay, and stores made of it, such as Java's, keep the CA.
 * Told that the CA is disabled, it takes all of it away.
 */
const forgetOnDebian = `conf=$(mktemp) && trap 'rm -f "$conf"' EXIT
{ cat /etc/ca-certificates.conf; echo '!${caFileName}'; } >"$conf"
update-ca-certificates --certsconf "$conf"`

const updateTrust: Command = ['update-ca-trust', 'extract']
const updateCertificates: Command = ['update-ca-certificates']

/**
 * The stores of Linux.
 *
 * @see update-ca-certificates(8) of Debian, Alpine and openSUSE, update-ca-trust(8) of Fedora and Arch Linux
 */
export const trustStores: readonly TrustStore[] = [
  {
    tellTale: '/etc/debian_version',
    folder: '/usr/local/share/ca-certificates',
    update: updateCertificates,
    forget: ['sh', '-c', forgetOnDebian],
    bundle: '/etc/ssl/certs/ca-certificates.crt',
  },
  {
    tellTale: '/etc/alpine-release',
    folder: '/usr/local/share/ca-certificates',
    update: updateCertificates,
    forget: updateCertificates,
    bundle: '/etc/ssl/certs/ca-certificates.crt',
  },
  {
    tellTale: '/etc/pki/ca-trust/source/anchors',
    folder: '/etc/pki/ca-trust/source/anchors',
    update: updateTrust,
    forget: updateTrust,
    bundle: '/etc/pki/tls/certs/ca-bundle.crt',
  },
  {
    tellTale: '/etc/arch-release',
    folder: '/etc/ca-certificates/trust-source/anchors',
    update: updateTrust,
    forget: updateTrust,
    bundle: '/etc/ssl/certs/ca-certificates.crt',
  },
  {
    tellTale: '/etc/pki/trust/anchors',
    folder: '/etc/pki/trust/anchors',
    update: updateCertificates,
    forget: updateCertificates,
    bundle: '/etc/ssl/ca-bundle.pem',
  },
]
