import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DockerOptions } from 'dockerode'

/** Where the engine is, as an operator or Docker's own variables say it. */
export interface EngineSettings {
  /** A Unix socket; the first that is there of the usual ones without it. */
  readonly socket?: string | undefined
  /** As Docker's command line takes it from DOCKER_HOST: `unix:///run/docker.sock`, `tcp://build-box:2376`. */
  readonly host?: string | undefined
  /** Folder with ca.pem, cert.pem and key.pem: the engine is asked over TLS, and must show a certificate of that authority. */
  readonly certFolder?: string | undefined
  /** Sockets to look for, the likeliest first. */
  readonly usualSockets: readonly string[]
}

/** How to reach an engine. */
export interface EngineAddress {
  /** In words, for messages. */
  readonly name: string
  /** What dockerode needs; asked for each request, since a socket may come later. @throws the system's error for certificates that can't be read */
  readonly options: () => DockerOptions
}

/** Berth can't reach an engine by such an address. */
class EngineAddressError extends Error {
  override readonly name = 'EngineAddressError'
  constructor() {
    super('Berth asks engines at unix:// and tcp:// alone; `ssh -L` brings the socket of one behind SSH')
  }
}

/**
 * Reads where the engine is: its socket if one is named, then DOCKER_HOST, then the usual places. One of another scheme than unix and tcp
 * can't be reached.
 * @see Docker, "Use the Docker command line", Environment variables
 */
export function engineAddress({ socket, host, certFolder, usualSockets }: EngineSettings): EngineAddress {
  if (socket !== undefined) return socketAddress([socket])
  if (host === undefined) return socketAddress(usualSockets)
  const [, scheme = '', place = ''] = /^([a-z]+):\/\/(.*)$/.exec(host) ?? []
  if (scheme === 'unix') return socketAddress([place])
  if (scheme !== 'tcp' || !URL.canParse(`http://${place}`)) {
    return {
      name: host,
      options: () => {
        throw new EngineAddressError()
      },
    }
  }
  return tcpAddress(host, new URL(`http://${place}`), certFolder)
}

/** Whatever DOCKER_HOST in the environment says, to which dockerode turns for what isn't given. */
const here: DockerOptions = { host: undefined, protocol: 'http', timeout: undefined }

function socketAddress(paths: readonly string[]): EngineAddress {
  return {
    name: paths.join(' or '),
    options: () => ({ ...here, socketPath: paths.find((path) => existsSync(path)) ?? paths[0] ?? '' }),
  }
}

function tcpAddress(name: string, { hostname, port }: URL, certFolder: string | undefined): EngineAddress {
  const host = hostname.replace(/^\[|\]$/g, '')
  const place = { ...here, host, port: Number(port || (certFolder === undefined ? 2375 : 2376)) }
  if (certFolder === undefined) return { name, options: () => place }
  const read = (file: string) => readFileSync(join(certFolder, file))
  return {
    name: `${name} with the certificates in ${certFolder}`,
    options: () => ({
      ...place,
      protocol: 'https',
      ca: read('ca.pem'),
      cert: read('cert.pem'),
      key: read('key.pem'),
    }),
  }
}
