import type { Kysely } from 'kysely'
import type { DatabasePlace } from '../../../core/ecs/engine-claim.ts'
import { StorageFullError } from '../../../core/errors.ts'
import type { MetadataReader, MetadataStore, MetadataTransaction } from '../metadata-store.ts'
import type { Schema } from '../schema.ts'
import { acceptanceReader, acceptanceWriter } from './kysely-acceptances.ts'
import { accessKeyReader, accessKeyWriter } from './kysely-access-keys.ts'
import { accountSettingReader, accountSettingWriter } from './kysely-account-settings.ts'
import { accountReader, accountWriter } from './kysely-accounts.ts'
import { advisoryReader, advisoryWriter } from './kysely-advisories.ts'
import { archiveReader } from './kysely-archive-reader.ts'
import { archiveWriter } from './kysely-archive-writer.ts'
import { arnTagReader, arnTagWriter } from './kysely-arn-tags.ts'
import { blobLinkReader, blobLinkWriter } from './kysely-blob-links.ts'
import { cacheRuleReader, cacheRuleWriter } from './kysely-cache-rules.ts'
import { clientTokenWriter } from './kysely-client-tokens.ts'
import { clusterReader, clusterWriter } from './kysely-clusters.ts'
import { containerInstanceReader, containerInstanceWriter } from './kysely-container-instances.ts'
import { creationTemplateReader, creationTemplateWriter } from './kysely-creation-templates.ts'
import { deliveryReader, deliveryWriter } from './kysely-deliveries.ts'
import { destinationReader, destinationWriter } from './kysely-destinations.ts'
import { ecsAccountSettingReader, ecsAccountSettingWriter } from './kysely-ecs-account-settings.ts'
import { engineClaimReader, engineClaimWriter } from './kysely-engine-claims.ts'
import { eventReader, eventWriter } from './kysely-events.ts'
import { figureReader } from './kysely-figures.ts'
import { garbageReader, garbageWriter } from './kysely-garbage.ts'
import { historyReader, historyWriter } from './kysely-history.ts'
import { iamReader, iamWriter } from './kysely-iam.ts'
import { imageReader } from './kysely-image-reader.ts'
import { imageUseReader } from './kysely-image-uses.ts'
import { imageWriter } from './kysely-image-writer.ts'
import { jobReader, jobWriter } from './kysely-jobs.ts'
import { lifecycleReader, lifecycleWriter } from './kysely-lifecycle.ts'
import { logReader } from './kysely-log-reader.ts'
import { logWriter } from './kysely-log-writer.ts'
import { mailboxReader, mailboxWriter } from './kysely-mailbox.ts'
import { oidcProviderReader, oidcProviderWriter } from './kysely-oidc-providers.ts'
import { pullExclusionReader, pullExclusionWriter } from './kysely-pull-exclusions.ts'
import { pullGateReader, pullGateWriter } from './kysely-pull-gates.ts'
import { pulledReferenceReader, pulledReferenceWriter } from './kysely-pulled-references.ts'
import { queueReader, queueWriter } from './kysely-queues.ts'
import { replicationReader, replicationWriter } from './kysely-replication.ts'
import { repositoryReader, repositoryWriter } from './kysely-repositories.ts'
import { resourcePolicyReader, resourcePolicyWriter } from './kysely-resource-policies.ts'
import { resourceTagReader, resourceTagWriter } from './kysely-resource-tags.ts'
import { robotReader, robotWriter } from './kysely-robots.ts'
import { ruleReader, ruleWriter } from './kysely-rules.ts'
import { scanReader, scanWriter } from './kysely-scans.ts'
import { serviceDeploymentReader, serviceDeploymentWriter } from './kysely-service-deployments.ts'
import { serviceReader, serviceWriter } from './kysely-services.ts'
import { signingReader, signingWriter } from './kysely-signing.ts'
import { signingKeyReader, signingKeyWriter } from './kysely-signing-keys.ts'
import { tagReader, tagWriter } from './kysely-tags.ts'
import { taskDefinitionReader, taskDefinitionWriter } from './kysely-task-definitions.ts'
import { taskReader, taskWriter } from './kysely-tasks.ts'
import { topicReader, topicWriter } from './kysely-topics.ts'
import { trailReader, trailWriter } from './kysely-trail.ts'
import { uploadReader, uploadWriter } from './kysely-uploads.ts'
import { upstreamCheckReader, upstreamCheckWriter } from './kysely-upstream-checks.ts'
import type { SqlDialect } from './sql-dialect.ts'

/** Two ways into one database, so that a reader never waits behind a writer. */
export interface SqlConnections extends AsyncDisposable {
  readonly reader: Kysely<Schema>
  readonly writer: Kysely<Schema>
}

/** What a database's own surroundings tell of where it is. */
export type Spot = Omit<DatabasePlace, 'madeAt'>

/** How often a transaction that others got in the way of is tried before its error is passed on. */
const maxAttempts = 5

/**
 * The metadata store on an open, migrated database, which it owns from here on.
 *
 * @param spot where the database is by now
 */
export function kyselyMetadata(
  connections: SqlConnections,
  dialect: SqlDialect,
  spot: () => Promise<Spot>,
): MetadataStore {
  return {
    ...metadataReader(connections.reader, dialect),
    write: (work) => writeWithRetries(() => writeOnce(connections.writer, dialect, work), dialect),
    async place() {
      const [here, madeAt] = await Promise.all([spot(), firstMigrationAt(connections.reader)])
      return { ...here, madeAt }
    },
    [Symbol.asyncDispose]: () => connections[Symbol.asyncDispose](),
  }
}

async function firstMigrationAt(db: Kysely<Schema>): Promise<number> {
  const { at } = await db
    .selectFrom('schema_migrations')
    .select((columns) => columns.fn.min('applied_at').as('at'))
    .executeTakeFirstOrThrow()
  return at
}

function writeOnce<Result>(
  writer: Kysely<Schema>,
  dialect: SqlDialect,
  work: (tx: MetadataTransaction) => Promise<Result>,
): Promise<Result> {
  return writer.transaction().execute(async (tx) => {
    const result = await work(metadataTransaction(tx, dialect))
    await dialect.beforeCommit?.execute(tx)
    return result
  })
}

async function writeWithRetries<Result>(
  attempt: () => Promise<Result>,
  dialect: SqlDialect,
): Promise<Result> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt()
    } catch (error) {
      const meaning = dialect.meaningOf(error)
      if (meaning === 'full') throw new StorageFullError({ cause: error })
      if (meaning === 'other' || attempts === maxAttempts) throw error
    }
  }
}

/** Everything that can be asked, on a connection or in a transaction. */
export function metadataReader(db: Kysely<Schema>, dialect: SqlDialect): MetadataReader {
  return {
    repositories: repositoryReader(db),
    resourceTags: resourceTagReader(db),
    resourcePolicies: resourcePolicyReader(db),
    accountSettings: accountSettingReader(db),
    accounts: accountReader(db),
    accessKeys: accessKeyReader(db),
    iam: iamReader(db, dialect),
    oidcProviders: oidcProviderReader(db),
    robots: robotReader(db),
    trail: trailReader(db),
    images: imageReader(db, dialect),
    tags: tagReader(db, dialect),
    history: historyReader(db),
    blobLinks: blobLinkReader(db, dialect),
    uploads: uploadReader(db),
    lifecycle: lifecycleReader(db),
    replication: replicationReader(db),
    signing: signingReader(db),
    events: eventReader(db),
    creationTemplates: creationTemplateReader(db),
    advisories: advisoryReader(db, dialect),
    scans: scanReader(db, dialect),
    acceptances: acceptanceReader(db),
    pullGates: pullGateReader(db),
    pullExclusions: pullExclusionReader(db),
    rules: ruleReader(db),
    archives: archiveReader(db),
    queues: queueReader(db),
    destinations: destinationReader(db),
    topics: topicReader(db),
    arnTags: arnTagReader(db),
    deliveries: deliveryReader(db),
    logs: logReader(db),
    mailbox: mailboxReader(db),
    signingKeys: signingKeyReader(db),
    cacheRules: cacheRuleReader(db),
    upstreamChecks: upstreamCheckReader(db),
    clusters: clusterReader(db),
    taskDefinitions: taskDefinitionReader(db),
    imageUses: imageUseReader(db),
    tasks: taskReader(db, dialect),
    services: serviceReader(db),
    serviceDeployments: serviceDeploymentReader(db),
    containerInstances: containerInstanceReader(db),
    ecsAccountSettings: ecsAccountSettingReader(db),
    pulledReferences: pulledReferenceReader(db),
    engineClaims: engineClaimReader(db),
    jobs: jobReader(db, dialect),
    garbage: garbageReader(db, dialect),
    figures: figureReader(db),
  }
}

function metadataTransaction(tx: Kysely<Schema>, dialect: SqlDialect): MetadataTransaction {
  const read = metadataReader(tx, dialect)
  return {
    repositories: { ...read.repositories, ...repositoryWriter(tx, dialect) },
    resourceTags: { ...read.resourceTags, ...resourceTagWriter(tx) },
    resourcePolicies: { ...read.resourcePolicies, ...resourcePolicyWriter(tx) },
    accountSettings: { ...read.accountSettings, ...accountSettingWriter(tx) },
    accounts: { ...read.accounts, ...accountWriter(tx) },
    accessKeys: { ...read.accessKeys, ...accessKeyWriter(tx) },
    iam: { ...read.iam, ...iamWriter(tx) },
    oidcProviders: { ...read.oidcProviders, ...oidcProviderWriter(tx) },
    robots: { ...read.robots, ...robotWriter(tx) },
    trail: { ...read.trail, ...trailWriter(tx) },
    images: { ...read.images, ...imageWriter(tx, dialect) },
    tags: { ...read.tags, ...tagWriter(tx) },
    history: { ...read.history, ...historyWriter(tx) },
    blobLinks: { ...read.blobLinks, ...blobLinkWriter(tx, dialect) },
    uploads: { ...read.uploads, ...uploadWriter(tx) },
    lifecycle: { ...read.lifecycle, ...lifecycleWriter(tx) },
    replication: { ...read.replication, ...replicationWriter(tx) },
    signing: { ...read.signing, ...signingWriter(tx) },
    events: { ...read.events, ...eventWriter(tx) },
    creationTemplates: { ...read.creationTemplates, ...creationTemplateWriter(tx, dialect) },
    advisories: { ...read.advisories, ...advisoryWriter(tx, dialect) },
    scans: { ...read.scans, ...scanWriter(tx, dialect) },
    acceptances: { ...read.acceptances, ...acceptanceWriter(tx) },
    pullGates: { ...read.pullGates, ...pullGateWriter(tx) },
    pullExclusions: { ...read.pullExclusions, ...pullExclusionWriter(tx) },
    rules: { ...read.rules, ...ruleWriter(tx) },
    archives: { ...read.archives, ...archiveWriter(tx, dialect) },
    queues: { ...read.queues, ...queueWriter(tx, dialect) },
    destinations: { ...read.destinations, ...destinationWriter(tx) },
    topics: { ...read.topics, ...topicWriter(tx) },
    arnTags: { ...read.arnTags, ...arnTagWriter(tx) },
    deliveries: { ...read.deliveries, ...deliveryWriter(tx) },
    logs: { ...read.logs, ...logWriter(tx) },
    mailbox: { ...read.mailbox, ...mailboxWriter(tx) },
    signingKeys: { ...read.signingKeys, ...signingKeyWriter(tx) },
    cacheRules: { ...read.cacheRules, ...cacheRuleWriter(tx, dialect) },
    upstreamChecks: { ...read.upstreamChecks, ...upstreamCheckWriter(tx) },
    clusters: { ...read.clusters, ...clusterWriter(tx) },
    taskDefinitions: { ...read.taskDefinitions, ...taskDefinitionWriter(tx) },
    tasks: { ...read.tasks, ...taskWriter(tx, dialect) },
    imageUses: read.imageUses,
    services: { ...read.services, ...serviceWriter(tx, dialect) },
    serviceDeployments: { ...read.serviceDeployments, ...serviceDeploymentWriter(tx) },
    containerInstances: { ...read.containerInstances, ...containerInstanceWriter(tx) },
    ecsAccountSettings: { ...read.ecsAccountSettings, ...ecsAccountSettingWriter(tx) },
    pulledReferences: { ...read.pulledReferences, ...pulledReferenceWriter(tx) },
    engineClaims: { ...read.engineClaims, ...engineClaimWriter(tx) },
    clientTokens: clientTokenWriter(tx),
    jobs: { ...read.jobs, ...jobWriter(tx, dialect) },
    garbage: { ...read.garbage, ...garbageWriter(tx, dialect) },
  }
}
