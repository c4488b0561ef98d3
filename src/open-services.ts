import { randomBytes } from 'node:crypto'
import type { AccessKeys } from './access/access-keys.ts'
import type { Authoriser } from './access/authoriser.ts'
import type { DownloadTickets } from './access/download-tickets.ts'
import type { Iam } from './access/iam/iam.ts'
import type { RegistryTokens } from './access/registry-tokens.ts'
import type { RobotLogins } from './access/robots/robot-logins.ts'
import type { Config } from './config/config.ts'
import type { Messaging } from './messaging/messaging.ts'
import type { Log } from './observability/log.ts'
import type { MissingContent } from './registry/add-image.ts'
import type { Registry } from './registry/registry.ts'
import type { Signer } from './registry/signing/signer.ts'
import type { ServerIdentity, TestClock } from './services/berth/berth-context.ts'
import { ecrService } from './services/ecr/ecr-service.ts'
import type { RegistryAddresses } from './services/ecr/registry-addresses.ts'
import type { EcsExecContext } from './services/ecs/ecs-action.ts'
import type { Service, ServiceEntry } from './services/service.ts'

/** What the services' actions work with. */
export interface ServiceParts {
  readonly config: Config
  readonly registry: Registry
  readonly authoriser: Authoriser
  readonly messaging: Messaging
  readonly signer: Signer
  readonly iam: Iam
  readonly accessKeys: AccessKeys
  readonly tokens: RegistryTokens
  readonly tickets: DownloadTickets
  readonly logins: RobotLogins
  readonly registryAddresses: RegistryAddresses
  readonly missingContent: MissingContent
  readonly findInstance: EcsExecContext['findInstance']
  readonly findDigests: EcsExecContext['findDigests']
  readonly hasLooked: EcsExecContext['hasLooked']
  /** Resolves when that is so, or as long as anybody waits for it. */
  readonly firstLook: () => Promise<void>
  readonly issueExecToken: EcsExecContext['issueExecToken']
  readonly onExec: EcsExecContext['onExec']
  readonly server: ServerIdentity
  readonly clock: TestClock
  readonly jobKinds: readonly string[]
  readonly log: Log
}

/** Every service. All but ECR, which every client of a registry asks, take up memory from the first request for them. */
export function openServices(parts: ServiceParts): ServiceEntry[] {
  const { messaging, iam } = parts
  return [
    { name: 'ecr', load: async () => ecrService(parts) },
    {
      name: 'ecs',
      load: () => openEcsService(parts),
    },
    {
      name: 'events',
      load: async () => (await import('./services/events/events-service.ts')).eventsService({ messaging }),
    },
    {
      name: 'sns',
      load: async () => (await import('./services/sns/sns-service.ts')).snsService({ messaging }),
    },
    {
      name: 'sqs',
      load: async () => (await import('./services/sqs/sqs-service.ts')).sqsService({ messaging }),
    },
    {
      name: 'sts',
      load: () => openStsService(parts),
    },
    { name: 'iam', load: async () => (await import('./services/iam/iam-service.ts')).iamService(iam) },
    {
      name: 'logs',
      load: async () => (await import('./services/logs/logs-service.ts')).logsService({ logs: messaging }),
    },
    { name: 'berth', load: () => openBerthService(parts) },
  ]
}

/** The first answer waits for what makes it true. */
async function openEcsService(parts: ServiceParts): Promise<Service> {
  const [{ ecsService }] = await Promise.all([import('./services/ecs/ecs-service.ts'), parts.firstLook()])
  return ecsService(parts)
}

async function openStsService({ registry, iam, accessKeys, log }: ServiceParts): Promise<Service> {
  const [{ stsService }, { openWebIdentities }] = await Promise.all([
    import('./services/sts/sts-service.ts'),
    import('./open-web-identities.ts'),
  ])
  const { outbound, metadata } = registry
  return stsService({
    iam,
    accessKeys,
    webIdentities: openWebIdentities({ metadata, outbound, now: iam.now, log }),
  })
}

async function openBerthService(parts: ServiceParts): Promise<Service> {
  const [{ berthService }, { Accounts }, { Robots }] = await Promise.all([
    import('./services/berth/berth-service.ts'),
    import('./access/accounts/accounts.ts'),
    import('./access/robots/robots.ts'),
  ])
  const { config, registry, iam, logins, clock } = parts
  const { metadata } = registry
  const { vault, keys, now } = iam
  return berthService({
    ...parts,
    accounts: new Accounts({ metadata, vault, keys, own: config.accountId, now, randomBytes }),
    robots: new Robots({ metadata, logins, now: clock.now, randomBytes }),
    testClock: config.dev ? clock : undefined,
  })
}
