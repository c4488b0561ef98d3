import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr'
import type { Config } from '../../src/config/config.ts'
import { loadSecrets, type Secrets } from '../../src/config/secrets.ts'
import { settings } from '../../src/config/settings.ts'
import type { Log } from '../../src/observability/log.ts'
import { startServer } from '../../src/server.ts'
import { pushImage } from './push-image.ts'
import type { RegistryAccess } from './registry-client.ts'
import { basic, fetchPassword } from './registry-login.ts'
import { SeededRandom } from './seeded-random.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { randomImage, type TestImage } from './test-image.ts'

/** A whole Berth in this process, on a free port. */
export interface LocalBerth extends RegistryAccess, AsyncDisposable {
  /** What image references start with. */
  readonly registryHost: string
  readonly port: number
  readonly config: Config
  /** The root access key, and the seal's. */
  readonly secrets: Secrets
  /** The official client with the root access key; it doesn't try anything twice. */
  readonly ecr: ECRClient
  /** Everything that went wrong inside and that no client is told: empty unless there is a bug. */
  readonly failures: readonly object[]
  /** The access and audit logs, where the configuration has them. */
  readonly lines: readonly string[]
  /** As the first half of stopping does. */
  announceStop(): void
  /** What `docker login --username AWS` wants; the root's, unless told whose. */
  password(caller?: Caller): Promise<string>
  /** Makes a repository through ECR's API. */
  createRepository(
    name: string,
    settings?: Omit<ConstructorParameters<typeof CreateRepositoryCommand>[0], 'repositoryName'>,
  ): Promise<void>
  /** Pushes a small image that nothing else equals, through `/v2/`. */
  pushRandomImage(repository: string, reference: string, layerSizes?: readonly number[]): Promise<TestImage>
  /** A client of another account, region or key. */
  clientOf(caller: Caller): ECRClient
}

export interface Caller {
  readonly region?: string
  readonly accessKeyId?: string
  readonly secretAccessKey?: string
  /** Of a session of a role. */
  readonly sessionToken?: string
}

/** A quiet Berth on a free port of this machine. */
export const defaults = {
  ...settings.parse({}),
  port: 0,
  logLevel: 'silent',
  auditLog: 'off',
} as const satisfies Omit<Config, 'dataDir'>

/** Starts a Berth whose data folder goes with it, unless it is told another. */
export async function startBerth(options: Partial<Config> = {}): Promise<LocalBerth> {
  await using starting = new AsyncDisposableStack()
  const dataDir = options.dataDir ?? starting.use(await temporaryFolder()).path
  const config = { ...defaults, dataDir, ...options }
  const { secrets } = await loadSecrets(config)
  const failures: object[] = []
  const lines: string[] = []
  const outputs = { log: failureLog(failures), lines: { write: (text: string) => lines.push(text) } }
  const server = starting.use(await startServer(config, secrets, outputs))
  const clientOf = (caller: Caller) => createClient(server.url, config, secrets, caller)
  const ecr = starting.adopt(clientOf({}), (client) => client.destroy())
  const password = async (caller: Caller = {}) => {
    const client = clientOf(caller)
    return fetchPassword(client).finally(() => client.destroy())
  }
  const access = { url: server.url, authorization: basic(await password()) }
  const random = new SeededRandom(`images of ${server.url}`)
  const resources = starting.move()
  return {
    ...access,
    registryHost: config.registryHost ?? `localhost:${server.port}`,
    port: server.port,
    config,
    secrets,
    ecr,
    failures,
    lines,
    announceStop: () => server.announceStop(),
    password,
    clientOf,
    createRepository: async (repositoryName, settings = {}) => {
      await ecr.send(new CreateRepositoryCommand({ ...settings, repositoryName }))
    },
    pushRandomImage: async (repository, reference, layerSizes) => {
      const image = randomImage(random, layerSizes)
      await pushImage(access, repository, reference, image)
      return image
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

function createClient(endpoint: string, config: Config, secrets: Secrets, caller: Caller): ECRClient {
  return new ECRClient({
    endpoint,
    region: caller.region ?? config.region,
    credentials: {
      accessKeyId: caller.accessKeyId ?? secrets.rootAccessKey,
      secretAccessKey: caller.secretAccessKey ?? secrets.rootSecretKey,
      ...(caller.sessionToken !== undefined && { sessionToken: caller.sessionToken }),
    },
    maxAttempts: 1,
  })
}

function failureLog(failures: object[]): Log {
  const passOver = (): void => {}
  return { debug: passOver, info: passOver, warn: passOver, error: (facts) => failures.push(facts) }
}
