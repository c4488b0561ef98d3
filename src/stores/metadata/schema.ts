import type {
  AccessKeyTable,
  AccountAliasTable,
  AccountTable,
  AuditTrailTable,
  IamAttachmentTable,
  IamBoundaryTable,
  IamEntityTable,
  IamInlinePolicyTable,
  IamKeyTable,
  IamMembershipTable,
  IamPolicyTable,
  IamPolicyVersionTable,
  OidcProviderTable,
  RobotTable,
} from './schema/access.ts'
import type {
  ClusterTable,
  ContainerInstanceTable,
  EcsAccountSettingTable,
  EngineClaimTable,
  PulledReferenceTable,
  ServiceDeploymentTable,
  ServiceTable,
  TaskDefinitionTable,
  TaskFamilyTable,
  TaskTable,
} from './schema/ecs.ts'
import type {
  ArchivedEventTable,
  ArnTagTable,
  DeliveryTable,
  EventArchiveTable,
  EventBusTable,
  EventReplayTable,
  EventRuleTable,
  EventTargetTable,
  EventThingTable,
  MailboxTable,
  OutboxTable,
  SigningKeyTable,
  SubscriptionTable,
  TopicTable,
} from './schema/events.ts'
import type {
  BlobLinkTable,
  BlobTable,
  DeletedImageTable,
  ImageBlobTable,
  ImageChildTable,
  ImageTable,
  ImageUseTable,
  LifecyclePolicyTable,
  LifecyclePreviewChunkTable,
  LifecyclePreviewTable,
  TagHistoryTable,
  TagTable,
  UploadTable,
} from './schema/images.ts'
import type { LogEventTable, LogGroupTable, LogStreamTable } from './schema/logs.ts'
import type { QueueMessageTable, QueueMoveTable, QueueTable } from './schema/queues.ts'
import type {
  AccountSettingTable,
  CacheRuleTable,
  CreationTemplateTable,
  ImageSigningKeyTable,
  PullExclusionTable,
  RegistryPolicyTable,
  RegistryTable,
  ReplicationRuleTable,
  ReplicationTable,
  RepositoryPolicyTable,
  RepositoryTable,
  ResourceTagTable,
  SigningRuleTable,
  SigningTable,
  UpstreamReferrersTable,
  UpstreamTagTable,
} from './schema/registry.ts'
import type {
  AcceptedFindingTable,
  AdvisoryFeedTable,
  AdvisoryPackageTable,
  AdvisoryTable,
  ImageScanTable,
  LayerInventoryTable,
  PullGateTable,
  ScanFindingsTable,
  ScanningConfigurationTable,
  VulnerableImageTable,
  VulnerablePackageTable,
} from './schema/scanning.ts'
import type { ClientTokenTable, JobTable, LeftoverTable, MigrationTable } from './schema/work.ts'

/**
 * Every table, as Kysely sees it. What a name or a digest may be was decided when the row was written, so rows come
 * back as the domain's own types. The tables themselves are made in `migrations/`.
 */
export interface Schema {
  readonly schema_migrations: MigrationTable
  readonly registries: RegistryTable
  readonly pull_exclusions: PullExclusionTable
  readonly repositories: RepositoryTable
  readonly resource_tags: ResourceTagTable
  readonly repository_policies: RepositoryPolicyTable
  readonly registry_policies: RegistryPolicyTable
  readonly account_settings: AccountSettingTable
  readonly accounts: AccountTable
  readonly account_aliases: AccountAliasTable
  readonly access_keys: AccessKeyTable
  readonly iam_entities: IamEntityTable
  readonly iam_memberships: IamMembershipTable
  readonly iam_keys: IamKeyTable
  readonly iam_boundaries: IamBoundaryTable
  readonly iam_policies: IamPolicyTable
  readonly iam_policy_versions: IamPolicyVersionTable
  readonly iam_inline_policies: IamInlinePolicyTable
  readonly iam_attachments: IamAttachmentTable
  readonly oidc_providers: OidcProviderTable
  readonly images: ImageTable
  readonly image_blobs: ImageBlobTable
  readonly absent_blobs: ImageBlobTable
  readonly image_children: ImageChildTable
  readonly tags: TagTable
  readonly blobs: BlobTable
  readonly blob_links: BlobLinkTable
  readonly uploads: UploadTable
  readonly tag_history: TagHistoryTable
  readonly deleted_images: DeletedImageTable
  readonly deleted_image_blobs: ImageBlobTable
  readonly outbox: OutboxTable
  readonly event_buses: EventBusTable
  readonly event_rules: EventRuleTable
  readonly event_targets: EventTargetTable
  readonly event_things: EventThingTable
  readonly topics: TopicTable
  readonly subscriptions: SubscriptionTable
  readonly arn_tags: ArnTagTable
  readonly deliveries: DeliveryTable
  readonly mailbox: MailboxTable
  readonly log_groups: LogGroupTable
  readonly log_streams: LogStreamTable
  readonly log_events: LogEventTable
  readonly event_archives: EventArchiveTable
  readonly archived_events: ArchivedEventTable
  readonly event_replays: EventReplayTable
  readonly queues: QueueTable
  readonly queue_messages: QueueMessageTable
  readonly queue_moves: QueueMoveTable
  readonly leftovers: LeftoverTable
  readonly robots: RobotTable
  readonly audit_trail: AuditTrailTable
  readonly signing_keys: SigningKeyTable
  readonly clusters: ClusterTable
  readonly task_families: TaskFamilyTable
  readonly task_definitions: TaskDefinitionTable
  readonly tasks: TaskTable
  readonly image_uses: ImageUseTable
  readonly services: ServiceTable
  readonly client_tokens: ClientTokenTable
  readonly container_instances: ContainerInstanceTable
  readonly ecs_account_settings: EcsAccountSettingTable
  readonly pulled_references: PulledReferenceTable
  readonly engine_claims: EngineClaimTable
  readonly service_deployments: ServiceDeploymentTable
  readonly jobs: JobTable
  readonly lifecycle_policies: LifecyclePolicyTable
  readonly lifecycle_previews: LifecyclePreviewTable
  readonly lifecycle_preview_chunks: LifecyclePreviewChunkTable
  readonly creation_templates: CreationTemplateTable
  readonly replication_rules: ReplicationRuleTable
  readonly replications: ReplicationTable
  readonly signing_rules: SigningRuleTable
  readonly image_signing_keys: ImageSigningKeyTable
  readonly signings: SigningTable
  readonly advisories: AdvisoryTable
  readonly advisory_packages: AdvisoryPackageTable
  readonly advisory_feeds: AdvisoryFeedTable
  readonly layer_inventories: LayerInventoryTable
  readonly image_scans: ImageScanTable
  readonly scan_findings: ScanFindingsTable
  readonly scanning_configurations: ScanningConfigurationTable
  readonly vulnerable_packages: VulnerablePackageTable
  readonly vulnerable_images: VulnerableImageTable
  readonly accepted_findings: AcceptedFindingTable
  readonly pull_gates: PullGateTable
  readonly cache_rules: CacheRuleTable
  readonly upstream_tags: UpstreamTagTable
  readonly upstream_referrers: UpstreamReferrersTable
}
