import type { DatabasePlace } from '../../core/ecs/engine-claim.ts'
import type { AcceptanceReader, AcceptanceWriter } from './acceptances.ts'
import type { AccessKeyReader, AccessKeyWriter } from './access-keys.ts'
import type { AccountSettingReader, AccountSettingWriter } from './account-settings.ts'
import type { AccountReader, AccountWriter } from './accounts.ts'
import type { AdvisoryReader, AdvisoryWriter } from './advisories.ts'
import type { ArchiveReader, ArchiveWriter } from './archives.ts'
import type { ArnTagReader, ArnTagWriter } from './arn-tags.ts'
import type { BlobLinks, BlobLinkWriter } from './blob-links.ts'
import type { CacheRuleReader, CacheRuleWriter } from './cache-rules.ts'
import type { ClientTokenWriter } from './client-tokens.ts'
import type { ClusterReader, ClusterWriter } from './clusters.ts'
import type { ContainerInstanceReader, ContainerInstanceWriter } from './container-instances.ts'
import type { CreationTemplateReader, CreationTemplateWriter } from './creation-templates.ts'
import type { DeliveryReader, DeliveryWriter } from './deliveries.ts'
import type { DestinationReader, DestinationWriter } from './destinations.ts'
import type { EcsAccountSettingReader, EcsAccountSettingWriter } from './ecs-account-settings.ts'
import type { EngineClaimReader, EngineClaimWriter } from './engine-claims.ts'
import type { EventReader, EventWriter } from './events.ts'
import type { FigureReader } from './figures.ts'
import type { GarbageReader, GarbageWriter } from './garbage.ts'
import type { HistoryReader, HistoryWriter } from './history.ts'
import type { IamReader, IamWriter } from './iam.ts'
import type { ImageUseReader } from './image-uses.ts'
import type { ImageReader, ImageWriter } from './images.ts'
import type { JobReader, JobWriter } from './jobs.ts'
import type { LifecycleReader, LifecycleWriter } from './lifecycle.ts'
import type { LogReader, LogWriter } from './logs.ts'
import type { MailboxReader, MailboxWriter } from './mailbox.ts'
import type { OidcProviderReader, OidcProviderWriter } from './oidc-providers.ts'
import type { PullExclusionReader, PullExclusionWriter } from './pull-exclusions.ts'
import type { PullGateReader, PullGateWriter } from './pull-gates.ts'
import type { PulledReferenceReader, PulledReferenceWriter } from './pulled-references.ts'
import type { QueueReader, QueueWriter } from './queues.ts'
import type { ReplicationReader, ReplicationWriter } from './replication.ts'
import type { RepositoryReader, RepositoryWriter } from './repositories.ts'
import type { ResourcePolicyReader, ResourcePolicyWriter } from './resource-policies.ts'
import type { ResourceTagReader, ResourceTagWriter } from './resource-tags.ts'
import type { RobotReader, RobotWriter } from './robots.ts'
import type { RuleReader, RuleWriter } from './rules.ts'
import type { ScanReader, ScanWriter } from './scans.ts'
import type { ServiceDeploymentReader, ServiceDeploymentWriter } from './service-deployments.ts'
import type { ServiceReader, ServiceWriter } from './services.ts'
import type { SigningReader, SigningWriter } from './signing.ts'
import type { SigningKeyReader, SigningKeyWriter } from './signing-keys.ts'
import type { TagReader, TagWriter } from './tags.ts'
import type { TaskDefinitionReader, TaskDefinitionWriter } from './task-definitions.ts'
import type { TaskReader, TaskWriter } from './tasks.ts'
import type { TopicReader, TopicWriter } from './topics.ts'
import type { TrailReader, TrailWriter } from './trail.ts'
import type { UploadReader, UploadWriter } from './uploads.ts'
import type { UpstreamCheckReader, UpstreamCheckWriter } from './upstream-checks.ts'

/** Everything the registry knows that is not a blob's bytes. Reading is free; writing happens inside `write`. */
export interface MetadataStore extends MetadataReader, AsyncDisposable {
  /**
   * Runs `work` in one transaction: all of it is durable when the promise resolves, none of it if it rejects.
   * Transactions that lock the same repository run one after another, on every database and from every process.
   *
   * `work` may run again from its beginning, when transactions got in each other's way: what it does besides using `tx`
   * must bear that. A write inside `work` would wait for itself.
   *
   * @throws StorageFullError when the database has no space left
   */
  write<Result>(work: (tx: MetadataTransaction) => Promise<Result>): Promise<Result>

  /** Where it is kept by now. */
  place(): Promise<DatabasePlace>
}

export interface MetadataReader {
  readonly repositories: RepositoryReader
  readonly resourceTags: ResourceTagReader
  readonly resourcePolicies: ResourcePolicyReader
  readonly accountSettings: AccountSettingReader
  readonly accounts: AccountReader
  readonly accessKeys: AccessKeyReader
  readonly iam: IamReader
  readonly oidcProviders: OidcProviderReader
  readonly robots: RobotReader
  readonly trail: TrailReader
  readonly images: ImageReader
  readonly tags: TagReader
  readonly history: HistoryReader
  readonly blobLinks: BlobLinks
  readonly uploads: UploadReader
  readonly lifecycle: LifecycleReader
  readonly replication: ReplicationReader
  readonly signing: SigningReader
  readonly events: EventReader
  readonly creationTemplates: CreationTemplateReader
  readonly advisories: AdvisoryReader
  readonly scans: ScanReader
  readonly acceptances: AcceptanceReader
  readonly pullGates: PullGateReader
  readonly pullExclusions: PullExclusionReader
  readonly rules: RuleReader
  readonly archives: ArchiveReader
  readonly queues: QueueReader
  readonly destinations: DestinationReader
  readonly topics: TopicReader
  readonly arnTags: ArnTagReader
  readonly deliveries: DeliveryReader
  readonly logs: LogReader
  readonly mailbox: MailboxReader
  readonly signingKeys: SigningKeyReader
  readonly cacheRules: CacheRuleReader
  readonly upstreamChecks: UpstreamCheckReader
  readonly clusters: ClusterReader
  readonly taskDefinitions: TaskDefinitionReader
  readonly tasks: TaskReader
  readonly imageUses: ImageUseReader
  readonly services: ServiceReader
  readonly serviceDeployments: ServiceDeploymentReader
  readonly containerInstances: ContainerInstanceReader
  readonly ecsAccountSettings: EcsAccountSettingReader
  readonly pulledReferences: PulledReferenceReader
  readonly engineClaims: EngineClaimReader
  readonly jobs: JobReader
  readonly garbage: GarbageReader
  readonly figures: FigureReader
}

/** The readers here see this transaction's own writes. */
export interface MetadataTransaction {
  readonly repositories: RepositoryReader & RepositoryWriter
  readonly resourceTags: ResourceTagReader & ResourceTagWriter
  readonly resourcePolicies: ResourcePolicyReader & ResourcePolicyWriter
  readonly accountSettings: AccountSettingReader & AccountSettingWriter
  readonly accounts: AccountReader & AccountWriter
  readonly accessKeys: AccessKeyReader & AccessKeyWriter
  readonly iam: IamReader & IamWriter
  readonly oidcProviders: OidcProviderReader & OidcProviderWriter
  readonly robots: RobotReader & RobotWriter
  readonly trail: TrailReader & TrailWriter
  readonly images: ImageReader & ImageWriter
  readonly tags: TagReader & TagWriter
  readonly history: HistoryReader & HistoryWriter
  readonly blobLinks: BlobLinks & BlobLinkWriter
  readonly uploads: UploadReader & UploadWriter
  readonly lifecycle: LifecycleReader & LifecycleWriter
  readonly replication: ReplicationReader & ReplicationWriter
  readonly signing: SigningReader & SigningWriter
  readonly events: EventReader & EventWriter
  readonly creationTemplates: CreationTemplateReader & CreationTemplateWriter
  readonly advisories: AdvisoryReader & AdvisoryWriter
  readonly scans: ScanReader & ScanWriter
  readonly acceptances: AcceptanceReader & AcceptanceWriter
  readonly pullGates: PullGateReader & PullGateWriter
  readonly pullExclusions: PullExclusionReader & PullExclusionWriter
  readonly rules: RuleReader & RuleWriter
  readonly archives: ArchiveReader & ArchiveWriter
  readonly queues: QueueReader & QueueWriter
  readonly destinations: DestinationReader & DestinationWriter
  readonly topics: TopicReader & TopicWriter
  readonly arnTags: ArnTagReader & ArnTagWriter
  readonly deliveries: DeliveryReader & DeliveryWriter
  readonly logs: LogReader & LogWriter
  readonly mailbox: MailboxReader & MailboxWriter
  readonly signingKeys: SigningKeyReader & SigningKeyWriter
  readonly cacheRules: CacheRuleReader & CacheRuleWriter
  readonly upstreamChecks: UpstreamCheckReader & UpstreamCheckWriter
  readonly clusters: ClusterReader & ClusterWriter
  readonly taskDefinitions: TaskDefinitionReader & TaskDefinitionWriter
  readonly tasks: TaskReader & TaskWriter
  readonly imageUses: ImageUseReader
  readonly services: ServiceReader & ServiceWriter
  readonly serviceDeployments: ServiceDeploymentReader & ServiceDeploymentWriter
  readonly containerInstances: ContainerInstanceReader & ContainerInstanceWriter
  readonly ecsAccountSettings: EcsAccountSettingReader & EcsAccountSettingWriter
  readonly pulledReferences: PulledReferenceReader & PulledReferenceWriter
  readonly engineClaims: EngineClaimReader & EngineClaimWriter
  readonly clientTokens: ClientTokenWriter
  readonly jobs: JobReader & JobWriter
  readonly garbage: GarbageReader & GarbageWriter
}
