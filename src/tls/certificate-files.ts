import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'
import type { TlsCertificate, TlsIdentity } from './tls-identity.ts'

/** The files of a certificate are no good; the message says why and never what is in the key. */
export class CertificateFilesError extends Error {
  override readonly name = 'CertificateFilesError'
}

export interface CertificatePaths {
  readonly certFile: string
  readonly keyFile: string
}

/** Hears what becomes of files that have changed. */
export interface ReloadListener {
  taken(validTo: Date): void
  /** They are no good, and the ones before stay in use. Heard once, not at each look, while the reason stays the same. */
  refused(reason: string): void
}

export interface CertificateFilesOptions extends CertificatePaths {
  readonly listener: ReloadListener
  readonly now: () => Date
  /** Milliseconds between two looks at the files. */
  readonly everyMs?: number
}

/**
 * A certificate that an operator keeps in files. They are compared with what is in use every ten seconds, by content: links that change
 * their target and renames are seen as well, where watching a file would lose it.
 */
export class CertificateFiles implements TlsIdentity, Disposable {
  readonly #options: CertificateFilesOptions
  readonly #timer: NodeJS.Timeout
  #current: TlsCertificate
  #lastRefusal = ''

  /** @throws CertificateFilesError when they are no good; an expired certificate is taken */
  static async open(options: CertificateFilesOptions): Promise<CertificateFiles> {
    return new CertificateFiles(await readCertificate(options), options)
  }

  private constructor(certificate: TlsCertificate, options: CertificateFilesOptions) {
    this.#options = options
    this.#current = certificate
    this.#timer = setInterval(() => void this.#look(), options.everyMs ?? 10_000).unref()
  }

  unnamed(): TlsCertificate {
    return this.#current
  }

  /** The same for every name: what a certificate covers is for the client to judge. */
  named(): TlsCertificate {
    return this.#current
  }

  get validTo(): Date {
    return validTo(this.#current)
  }

  async #look(): Promise<void> {
    try {
      await this.#takeChange()
      this.#lastRefusal = ''
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (reason !== this.#lastRefusal) this.#options.listener.refused(reason)
      this.#lastRefusal = reason
    }
  }

  async #takeChange(): Promise<void> {
    const { listener, now, certFile } = this.#options
    const found = await readCertificate(this.#options)
    if (found.cert === this.#current.cert && found.key === this.#current.key) return
    if (validTo(found) <= now()) throw new CertificateFilesError(`The certificate in ${certFile} has expired`)
    this.#current = found
    listener.taken(this.validTo)
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer)
  }
}

async function readCertificate({ certFile, keyFile }: CertificatePaths): Promise<TlsCertificate> {
  // One after the other, so that of two that can't be read always the same is named.
  const cert = await readPem(certFile)
  const key = await readPem(keyFile)
  const certificate = attempt(() => new X509Certificate(cert), `${certFile} holds no certificate in PEM`)
  const privateKey = attempt(
    () => createPrivateKey(key),
    `${keyFile} holds no private key in PEM without a password`,
  )
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new CertificateFilesError(
      `The key in ${keyFile} is not that of the first certificate in ${certFile}; the server's own comes first`,
    )
  }
  attempt(() => createSecureContext({ cert, key }), `${certFile} can't be used for TLS`)
  return { cert, key }
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new CertificateFilesError(`${file} can't be read (${errorCode(error)})`, { cause: error })
  }
}

/** The library's own words are left out: they say nothing to an operator. */
function attempt<T>(make: () => T, problem: string): T {
  try {
    return make()
  } catch (error) {
    throw new CertificateFilesError(problem, { cause: error })
  }
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

function validTo({ cert }: TlsCertificate): Date {
  return new Date(new X509Certificate(cert).validTo)
}
