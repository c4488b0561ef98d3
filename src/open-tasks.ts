import { RegistryTokens } from './access/registry-tokens.ts'
import { Seal } from './access/seal.ts'
import type { Config } from './config/config.ts'
import { servesTls } from './config/listening.ts'
import type { Secrets } from './config/secrets.ts'
import { dockerEngine } from './containers/docker-engine.ts'
import type { TaskWork } from './containers/reconcile-task.ts'
import type { Registry } from './registry/registry.ts'
import { registryAddresses } from './services/ecr/registry-addresses.ts'

/** By these names, too, task definitions mean this Berth: AWS's own, and those of an emulator's usual port. */
const awsDomain = 'amazonaws.com'
const usualHosts = ['localhost:4566', '127.0.0.1:4566']

/** What tasks of ECS are kept going with: the Docker Engine of the configuration, and passwords for its pulls. */
export function openTasks(parts: {
  readonly config: Config
  readonly secrets: Secrets
  readonly registry: Registry
  readonly registryHost: string
}): TaskWork {
  const { config, secrets, registry, registryHost } = parts
  const { registryDomain } = config
  const addresses = registryAddresses({ registryHost, registryDomain, secure: servesTls(config) })
  return {
    registry,
    engine: dockerEngine(config.dockerSocket),
    tokens: new RegistryTokens(new Seal(secrets.sealKey, 'registry-token'), registry.now),
    names: {
      hosts: [registryHost, ...usualHosts],
      domains: registryDomain === undefined ? [awsDomain] : [awsDomain, registryDomain],
    },
    hostOf: addresses.host,
  }
}
