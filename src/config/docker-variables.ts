import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Environment } from './env.ts'

/** Where Docker's own variables say that the engine is. */
export interface DockerVariables {
  readonly host?: string
  /** Folder with ca.pem, cert.pem and key.pem, where TLS is asked for. */
  readonly certFolder?: string
  /** Where engines usually have their sockets: the machine's, that of a user without root's rights, that of Docker Desktop. */
  readonly usualSockets: readonly string[]
}

/**
 * Reads the variables that Docker's command line goes by.
 *
 * @see Docker, "Use the Docker command line", Environment variables
 */
export function readDockerVariables(env: Environment): DockerVariables {
  const {
    DOCKER_HOST: host,
    DOCKER_CERT_PATH: certPath,
    DOCKER_TLS_VERIFY: tls,
    XDG_RUNTIME_DIR: runtime,
  } = env
  const home = join(homedir(), '.docker')
  const certFolder = certPath || (tls ? home : undefined)
  return {
    ...(host && { host }),
    ...(certFolder !== undefined && { certFolder }),
    usualSockets: [
      '/var/run/docker.sock',
      ...(runtime ? [join(runtime, 'docker.sock')] : []),
      join(home, 'run/docker.sock'),
    ],
  }
}
