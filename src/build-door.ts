import { randomBytes } from 'node:crypto'
import packageJson from '../package.json' with { type: 'json' }
import type { Authoriser } from './access/authoriser.ts'
import { developerAccessKeys } from './access/developer-access-keys.ts'
import { DownloadTickets } from './access/download-tickets.ts'
import type { ExecTokens } from './access/exec-tokens.ts'
import { FailedLogins } from './access/failed-logins.ts'
import type { Iam } from './access/iam/iam.ts'
import type { StoredIdentities } from './access/iam/stored-identities.ts'
import { TaskRoleSessions } from './access/iam/task-credentials.ts'
import { RegistryTokens } from './access/registry-tokens.ts'
import { RobotLogins } from './access/robots/robot-logins.ts'
import { rootAccessKeys } from './access/root-access-keys.ts'
import { Seal } from './access/seal.ts'
import { firstOf, StoredAccessKeys } from './access/stored-access-keys.ts'
import { TaskTokens } from './access/task-tokens.ts'
import type { Uses } from './access/uses.ts'
import { Vault } from './access/vault.ts'
import type { Config } from './config/config.ts'
import { servesTls } from './config/listening.ts'
import type { Secrets } from './config/secrets.ts'
import type { Messaging } from './messaging/messaging.ts'
import type { Log } from './observability/log.ts'
import type { Metrics } from './observability/metrics.ts'
import type { Readiness } from './observability/readiness.ts'
import { openServices } from './open-services.ts'
import { createAwsFront } from './protocols/aws/front.ts'
import { consoleDoor } from './protocols/console/console-door.ts'
import type { HttpDoor } from './protocols/http/exchange.ts'
import { createFrontDoor, type PagePath } from './protocols/http/front-door.ts'
import { createLayerDownloads } from './protocols/oci/layer-downloads.ts'
import { createOciDoor } from './protocols/oci/oci-door.ts'
import { developmentPages } from './protocols/pages/development.ts'
import { health } from './protocols/pages/health.ts'
import { metricsPage } from './protocols/pages/metrics-page.ts'
import { readinessPage } from './protocols/pages/readiness-page.ts'
import { signingCertificate } from './protocols/pages/signing-certificate.ts'
import { startPage } from './protocols/pages/start-page.ts'
import { subscriptionLinks } from './protocols/pages/subscription-links.ts'
import { subscriptionPages } from './protocols/pages/subscription-pages.ts'
import { taskPages } from './protocols/pages/task-pages.ts'
import { slowGuessing } from './protocols/slow-guessing.ts'
import type { Registry } from './registry/registry.ts'
import { resetRegistry } from './registry/reset-registry.ts'
import type { Signer } from './registry/signing/signer.ts'
import type { ServerIdentity, TestClock } from './services/berth/berth-context.ts'
import { layersPrefix } from './services/ecr/layers-prefix.ts'
import { type RegistryAddresses, registryAddresses } from './services/ecr/registry-addresses.ts'
import type { EcsExecContext } from './services/ecs/ecs-action.ts'

const { version } = packageJson

/** What the server's one door is built from. */
export interface DoorParts {
  readonly config: Config
  readonly secrets: Secrets
  readonly registry: Registry
  readonly authoriser: Authoriser
  readonly identities: StoredIdentities
  readonly uses: Uses
  readonly messaging: Messaging
  readonly signer: Signer
  /** The machine that tasks are placed on. */
  readonly findInstance: EcsExecContext['findInstance']
  readonly findDigests: EcsExecContext['findDigests']
  readonly hasLooked: EcsExecContext['hasLooked']
  readonly firstLook: () => Promise<void>
  readonly execTokens: ExecTokens
  /** Host and port under which docker finds this server when no registry domain is set. */
  readonly registryHost: string
  readonly metrics: Metrics
  readonly readiness: Readiness
  /** The true time, by which clients sign. */
  readonly now: () => Date
  /** The time by which everything else goes. */
  readonly clock: TestClock
  /** Every kind of job that runs here. */
  readonly jobKinds: readonly string[]
  /** How much of the engine's machine a container uses. */
  readonly containerStats: (runtimeId: string) => Promise<unknown>
  readonly log: Log
}

/** What answers requests. */
export interface BuiltDoors {
  readonly everything: HttpDoor
  /** What asks who calls, and what is for tasks: nothing of what is for those who run Berth, or for their browsers. */
  readonly withoutPages: HttpDoor
}

/** Puts everything that answers requests behind one door. */
export function buildDoors(parts: DoorParts): BuiltDoors {
  const { config, secrets, registry, authoriser, messaging, registryHost, clock, now, log } = parts
  const { identities, uses } = parts
  const { registryDomain } = config
  const missingContent = config.sparseManifests ? 'accepted' : 'refused'
  const vault = new Vault(secrets.sealKey)
  const storedKeys = new StoredAccessKeys(registry.metadata, vault, now)
  const { metadata } = registry
  const iam: Iam = { metadata, vault, keys: storedKeys, identities, uses, now, randomBytes }
  const tokens = new RegistryTokens(new Seal(secrets.sealKey, 'registry-token'), clock.now)
  const logins = new RobotLogins(registry.metadata, uses.robotUses, clock.now)
  const tickets = new DownloadTickets(new Seal(secrets.sealKey, 'download-ticket'), clock.now)
  const keys = accessKeys(parts, storedKeys)
  const addresses = registryAddresses({ registryHost, registryDomain, secure: servesTls(config) })
  const authorise = authoriser.authorise.bind(authoriser)
  const services = openServices({
    ...parts,
    iam,
    accessKeys: keys,
    tokens,
    tickets,
    logins,
    registryAddresses: addresses,
    missingContent,
    server: identity(parts),
    issueExecToken: (grant) => parts.execTokens.issue(grant),
    onExec: (told) => log.info(told, 'A command may run in a container'),
  })
  const pageSeal = new Seal(secrets.sealKey, 'page-token')
  const failed = new FailedLogins({ now, onSlowed: (address) => log.warn({ address }, guessing) })
  const registryDoor = createOciDoor({
    registry,
    tokens,
    robots: logins,
    keys: storedKeys,
    registryDomain,
    anonymousRegistry: anonymousRegistry(config),
    missingContent,
    authorise,
    log,
  })
  const awsDoor = createAwsFront({
    services,
    accessKeys: keys,
    authorise,
    onSigned: ({ keyId, role }, { service, region }) => {
      if (keyId !== undefined) uses.keyUses.note(keyId, { at: now(), service, region })
      if (role !== undefined) uses.roleUses.note(role.id, { at: clock.now(), region })
    },
    pageSeal,
    memory: registry.memory,
    now,
    log,
  })
  const doors = {
    registry: slowGuessing(registryDoor, failed),
    aws: slowGuessing(awsDoor, failed),
    certificates: signingCertificate(messaging),
    links: subscriptionLinks(messaging),
    tasks: taskPages({
      metadata: registry.metadata,
      sessions: new TaskRoleSessions(iam),
      credentialTokens: new TaskTokens(secrets.sealKey, 'credentials'),
      metadataTokens: new TaskTokens(secrets.sealKey, 'metadata'),
      statsOf: parts.containerStats,
    }),
    layers: createLayerDownloads(layersPrefix, { registry, tickets, authorise, keys: storedKeys, log }),
    console: consoleDoor({ iam, region: config.region, now, log }),
    pages: pages(
      parts,
      addresses,
      services.map(({ name }) => name).filter((name) => name !== 'berth'),
    ),
  }
  const isAlive: ReadonlyMap<PagePath, HttpDoor> = new Map([['/healthz', health]])
  return {
    everything: createFrontDoor(doors),
    withoutPages: createFrontDoor({ ...doors, console: undefined, pages: isAlive }),
  }
}

const guessing = 'Somebody at this address sends wrong keys or passwords, one after another, and is slowed'

/** Where no host name says another, that of the server's own account and region. */
function anonymousRegistry({ anonymousPull, accountId: account, region }: Config) {
  return anonymousPull ? { account, region } : undefined
}

function identity({ config, now }: DoorParts): ServerIdentity {
  const database = config.database === 'sqlite' ? 'sqlite' : 'postgres'
  return { version, startedAt: now(), account: config.accountId, database }
}

function accessKeys({ config, secrets }: DoorParts, stored: StoredAccessKeys) {
  const { rootAccessKey: id, rootSecretKey: secret } = secrets
  const keys = firstOf(rootAccessKeys({ account: config.accountId, id, secret }), stored)
  return config.dev ? developerAccessKeys(keys, secret) : keys
}

function pages(
  { config, registry, messaging, metrics, readiness }: DoorParts,
  addresses: RegistryAddresses,
  services: readonly string[],
) {
  const { accountId: account, region, dev } = config
  const registryHost = addresses.host({ account, region })
  const reset = () => resetRegistry(registry)
  return new Map<PagePath, HttpDoor>([
    ['/', startPage({ version, account, region, registryHost, dev })],
    ['/healthz', health],
    ['/readyz', readinessPage(readiness)],
    ['/metrics', metricsPage(metrics, config.metricsToken)],
    ...subscriptionPages(messaging),
    ...(dev ? developmentPages({ services, version, reset }) : []),
  ])
}
