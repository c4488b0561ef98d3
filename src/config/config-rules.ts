import type { Config } from './config.ts'
import { isLoopback } from './host-names.ts'
import { servesTls } from './listening.ts'

/** What an attacker can't guess in the time the network gives him; `test` is far below it. */
const leastSecretLength = 16

/** Problems that no single setting has alone. Empty when the configuration makes sense. */
export function findContradictions(config: Config): readonly string[] {
  return [
    halfKeyPair(config),
    devBeyondLoopback(config),
    guessableSecret(config),
    halfTls(config),
    twoCertificates(config),
    portWithoutTls(config),
    plainBeyondLoopback(config),
  ].filter((problem) => problem !== undefined)
}

function halfKeyPair({ rootAccessKey, rootSecretKey }: Config): string | undefined {
  if ((rootAccessKey === undefined) === (rootSecretKey === undefined)) return undefined
  const missing = rootAccessKey === undefined ? '--root-access-key' : '--root-secret-key'
  return `A root access key has two halves and ${missing} is missing; give both, or none to have them made at random`
}

function devBeyondLoopback({ dev, host }: Config): string | undefined {
  if (!dev || isLoopback(host)) return undefined
  return `--dev has keys that everybody knows, so it listens on this machine alone; leave --host ${host} or --dev out`
}

function guessableSecret({ dev, host, rootSecretKey }: Config): string | undefined {
  if (dev || isLoopback(host) || rootSecretKey === undefined) return undefined
  if (rootSecretKey.length >= leastSecretLength) return undefined
  return `The root secret key has fewer than ${leastSecretLength} characters, which is safe only on this machine; give a longer one, or listen with --host 127.0.0.1`
}

function halfTls({ tlsCert, tlsKey }: Config): string | undefined {
  if ((tlsCert === undefined) === (tlsKey === undefined)) return undefined
  const missing = tlsCert === undefined ? '--tls-cert' : '--tls-key'
  return `HTTPS needs a certificate and its private key and ${missing} is missing; give both, or neither for plain HTTP`
}

function twoCertificates({ tlsCert, tlsLocal }: Config): string | undefined {
  if (tlsCert === undefined || !tlsLocal) return undefined
  return '--tls-local makes certificates and --tls-cert gives one; leave one of them out'
}

function portWithoutTls(config: Config): string | undefined {
  if (config.tlsPort === undefined || servesTls(config)) return undefined
  return '--tls-port has no certificate to show; give --tls-cert and --tls-key, or --tls-local, or leave it out'
}

function plainBeyondLoopback(config: Config): string | undefined {
  const { host, dev, allowPlainHttp } = config
  if (dev || isLoopback(host) || allowPlainHttp || servesTls(config)) return undefined
  return `On --host ${host} keys and images would cross the network in plain HTTP; give --tls-cert and --tls-key (or --tls-local) for HTTPS, or --allow-plain-http where a proxy speaks TLS or the network is private`
}
