import type { Config } from './config/config.ts'
import { localTlsNames } from './config/local-tls-names.ts'
import type { Log } from './observability/log.ts'
import { CertificateFiles, type CertificatePaths, type ReloadListener } from './tls/certificate-files.ts'
import type { TlsIdentity } from './tls/tls-identity.ts'

/** What HTTPS needs: who Berth is, for as long as it listens. */
export type OpenIdentity = TlsIdentity & Disposable

interface Surroundings {
  readonly log: Log
  readonly now: () => Date
}

/**
 * Opens the certificate that the configuration names, or the local CA; undefined when there is no HTTPS.
 *
 * @throws CertificateFilesError or LocalAuthorityError when they are no good
 */
export async function openTlsIdentity(
  config: Config,
  surroundings: Surroundings,
): Promise<OpenIdentity | undefined> {
  const { tlsCert: certFile, tlsKey: keyFile, tlsLocal } = config
  if (certFile !== undefined && keyFile !== undefined) return openFiles({ certFile, keyFile }, surroundings)
  return tlsLocal ? openLocalIdentity(config, surroundings) : undefined
}

async function openFiles(paths: CertificatePaths, { log, now }: Surroundings): Promise<OpenIdentity> {
  const { certFile } = paths
  const files = await CertificateFiles.open({ ...paths, listener: tellLog(log, certFile), now })
  if (files.validTo <= now()) log.warn({ certFile, validTo: files.validTo }, 'The certificate has expired')
  return files
}

async function openLocalIdentity(config: Config, { now }: Surroundings): Promise<OpenIdentity> {
  // Loaded here and not above: whoever makes no certificates needn't carry what makes them.
  const { openLocalAuthority } = await import('./tls/local-ca/authority-file.ts')
  const { LocalIdentity } = await import('./tls/local-ca/local-identity.ts')
  const { dataDir, registryDomain: domain } = config
  const { own: ownNames, permitted } = localTlsNames(config)
  const authority = await openLocalAuthority({ dataDir, permitted, now: now() })
  const identity = new LocalIdentity({ authority, ownNames, domain, now })
  return Object.assign(identity, { [Symbol.dispose]() {} })
}

function tellLog(log: Log, certFile: string): ReloadListener {
  return {
    taken: (validTo) => log.info({ certFile, validTo }, 'A new certificate is in use'),
    refused: (reason) => log.error({ reason }, 'New certificate files are no good; the old ones stay in use'),
  }
}
