import type { Authoriser } from './access/authoriser.ts'
import { RegistryTokens } from './access/registry-tokens.ts'
import { Seal } from './access/seal.ts'
import { TaskTokens } from './access/task-tokens.ts'
import type { Config } from './config/config.ts'
import { servesTls } from './config/listening.ts'
import type { Secrets } from './config/secrets.ts'
import { taskEnvironmentFiles } from './config/task-environment-files.ts'
import { taskSecrets } from './config/task-secrets.ts'
import { DockerClient } from './containers/docker-client.ts'
import { DockerEngine } from './containers/docker-engine.ts'
import { engineAddress } from './containers/engine-address.ts'
import { Errands } from './containers/errands.ts'
import { findInstance } from './containers/find-instance.ts'
import { formerMark } from './containers/former-mark.ts'
import { freshConnections } from './containers/fresh-connections.ts'
import { Gateway, gatewayNetwork } from './containers/gateway.ts'
import type { Owner } from './containers/labels.ts'
import { LogShippers } from './containers/log-shippers.ts'
import { OwnMark } from './containers/own-mark.ts'
import { endpointAt, gatewayEndpoint, noEndpoint, type TaskPaths } from './containers/task-endpoints.ts'
import type { TaskEndpoint, TaskWork } from './containers/task-work.ts'
import { EngineWatch } from './containers/watch-engine.ts'
import type { Log } from './observability/log.ts'
import { digestsOfTags } from './registry/ecs/digests-of-tags.ts'
import type { Registry } from './registry/registry.ts'
import { registryAddresses } from './services/ecr/registry-addresses.ts'
import { credentialsPath, metadataPath } from './services/ecs/task-endpoint-paths.ts'

/** By these names, too, task definitions mean this Berth: AWS's own, and those of an emulator's usual port. */
const awsDomain = 'amazonaws.com'
const usualHosts = ['localhost:4566', '127.0.0.1:4566']

const leftAlone =
  'Tasks that run under a mark that this database has no more are left alone: it is a copy, was moved or restored, or another Berth has gone on with them. How to take them up or remove them: docs/ecs.md, "Whose containers"'

/** What tasks of ECS are kept going with, and the watch over their containers, which ends with it. */
export type OpenTasks = TaskWork & AsyncDisposable

/** Finds the Docker Engine of the configuration and begins to watch what happens there. */
export function openTasks(parts: {
  readonly config: Config
  readonly secrets: Secrets
  readonly registry: Registry
  readonly authoriser: Authoriser
  readonly registryHost: string
  readonly ring: TaskWork['ring']
  /** All tasks have been looked at since Berth began. */
  readonly onTakenUp: () => void
  /** Answers tasks at an address of the engine's machine, until Berth stops. */
  readonly listen: (host: string, port: number) => Promise<void>
  readonly log: Log
  readonly onError: (error: unknown) => void
}): OpenTasks {
  const { config, secrets, registry, authoriser, registryHost, ring, onTakenUp, log, onError } = parts
  const { registryDomain, dockerSocket: socket, docker } = config
  const addresses = registryAddresses({ registryHost, registryDomain, secure: servesTls(config) })
  const client = new DockerClient(freshConnections(engineAddress({ socket, usualSockets: [], ...docker })))
  const mark = new OwnMark({
    docker: client,
    metadata: registry.metadata,
    formerMark: formerMark(secrets.sealKey),
    newId: registry.newId,
    onLeft: ({ mark: left, ...counts }) => log.warn({ mark: left, ...counts }, leftAlone),
    onError,
  })
  const owner = () => mark.get()
  const common = config.taskEndpoint === 'gateway' ? gatewayNetwork : undefined
  const engine = new DockerEngine(client, { owner, common })
  const errands = new Errands()
  const logs = new LogShippers({ engine, registry, onError })
  const watch = new EngineWatch({ engine, mark, registry, errands, ring, onTakenUp, onError })
  watch.start()
  const names = {
    hosts: [registryHost, ...usualHosts],
    domains: registryDomain === undefined ? [awsDomain] : [awsDomain, registryDomain],
  }
  return {
    registry,
    engine,
    errands,
    logs,
    authoriser,
    tokens: new RegistryTokens(new Seal(secrets.sealKey, 'registry-token'), registry.now),
    names,
    hostOf: addresses.host,
    settleTime: config.taskSettleTime,
    imageExpiry: config.taskImageExpiry,
    findInstance: () => findInstance(engine),
    findDigests: ({ account, region }, what) =>
      digestsOfTags(registry, { ...names, registry: { account, region } }, what),
    findSecret: taskSecrets(config.taskSecrets, config.accountId),
    findEnvironmentFile: taskEnvironmentFiles(config.taskEnvironmentFiles),
    endpoint: endpointOf(parts, client, owner),
    isWatching: () => watch.isOpen,
    engineUpSince: () => watch.engineUpSince,
    ring,
    onError,
    async [Symbol.asyncDispose]() {
      await watch[Symbol.asyncDispose]()
      await mark[Symbol.asyncDispose]()
      await logs[Symbol.asyncDispose]()
    },
  }
}

function endpointOf(
  { config: { taskEndpoint }, secrets: { sealKey }, listen }: Parameters<typeof openTasks>[0],
  docker: DockerClient,
  owner: () => Promise<Owner>,
): TaskEndpoint {
  const credentialTokens = new TaskTokens(sealKey, 'credentials')
  const metadataTokens = new TaskTokens(sealKey, 'metadata')
  const paths: TaskPaths = {
    credentials: (task, container) => ({
      path: credentialsPath(),
      token: credentialTokens.issue({ task, container }),
    }),
    metadata: (task, container) => metadataPath(metadataTokens.issue({ task, container })),
  }
  if (taskEndpoint === 'off') return noEndpoint
  if (taskEndpoint === 'gateway') return gatewayEndpoint(new Gateway({ docker, owner, listen }), paths)
  return endpointAt(taskEndpoint.replace(/\/$/, ''), paths)
}
