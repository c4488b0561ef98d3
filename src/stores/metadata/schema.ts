import type { Generated } from 'kysely'
import type { DeliveryKind, DeliveryState } from '../../core/deliveries/delivery.ts'
import type { Cluster } from '../../core/ecs/cluster.ts'
import type { InstanceState } from '../../core/ecs/container-instance.ts'
import type { Service } from '../../core/ecs/scheduling/service.ts'
import type { ServiceDeployment } from '../../core/ecs/scheduling/service-deployment.ts'
import type { Task } from '../../core/ecs/task.ts'
import type { TaskDefinitionStatus } from '../../core/ecs/task-definition.ts'
import type { ReplayState } from '../../core/events/replay.ts'
import type { RuleState } from '../../core/events/rule.ts'
import type { EntityKind } from '../../core/iam/entity.ts'
import type { ChangeReason } from '../../core/images/cause.ts'
import type { PolicyLanguage } from '../../core/lifecycle/policy-schema.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { Region } from '../../core/names/region.ts'
import type { RepositoryName } from '../../core/names/repository-name.ts'
import type { Tag } from '../../core/names/tag.ts'
import type { UpstreamKind } from '../../core/pull-through/upstream-kind.ts'
import type { Encryption, TagMutability } from '../../core/repositories/repository.ts'
import type { AcceptanceStatus, Justification } from '../../core/scanning/acceptance.ts'
import type { ScanStatus } from '../../core/scanning/image-scan.ts'
import type { PackageFormat } from '../../core/scanning/package-format.ts'
import type { PullGate } from '../../core/scanning/pull-gate.ts'
import type { ScanType } from '../../core/scanning/scanning-configuration.ts'
import type { Severity } from '../../core/scanning/severity.ts'
import type { Subscription, SubscriptionProtocol } from '../../core/topics/topic.ts'
import type { TrailOutcome } from '../../core/trail/trail-record.ts'
import type { NamedThing } from './destinations.ts'
import type { PreviewStatus } from './lifecycle.ts'
import type { ReplicationState } from './replication.ts'
import type { SigningState } from './signing.ts'

/** Milliseconds since 1970-01-01 UTC. */
type EpochMillis = number
/** SQLite has no booleans; 0 and 1 mean the same on every database. */
type Flag = number
/** 0 ACTIVE, 1 ARCHIVED, 2 ACTIVATING. */
type StorageCode = number

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

/** Which migrations this database has been through. */
export interface MigrationTable {
  readonly name: string
  readonly applied_at: EpochMillis
}

/** What a registry has, once it had anything. */
export interface RegistryTable {
  readonly account_id: AccountId
  readonly region: Region
  /** Kept beside the repositories, so that a quota check doesn't count a hundred thousand rows. */
  readonly repository_count: number
}

export interface PullExclusionTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly principal_arn: string
  readonly created_at: EpochMillis
}

export interface RepositoryTable {
  /** Never given twice, not even after a deletion: caches go by it. */
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly name: RepositoryName
  readonly created_at: EpochMillis
  readonly tag_mutability: TagMutability
  /** A JSON array of wildcard patterns. */
  readonly tag_mutability_exclusions: string
  readonly scan_on_push: Flag
  readonly encryption_type: Encryption['type']
  readonly kms_key: string | null
  /** Kept beside the images, so that a quota check doesn't count a hundred thousand rows at each push. */
  readonly image_count: Generated<number>
}

export interface ResourceTagTable {
  readonly repository_id: number
  readonly key: string
  readonly value: string
}

export interface RepositoryPolicyTable {
  readonly repository_id: number
  readonly text: string
}

export interface RegistryPolicyTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly text: string
}

/** A row for each setting that was ever put. */
export interface AccountSettingTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly value: string
}

export interface AccountTable {
  readonly id: AccountId
  readonly created_at: EpochMillis
}

export interface AccountAliasTable {
  readonly account_id: AccountId
  readonly alias: string
}

/** The access keys of accounts' roots. */
export interface AccessKeyTable {
  readonly id: string
  readonly account_id: AccountId
  /** With a key that is kept apart from the database. */
  readonly encrypted_secret: string
  readonly created_at: EpochMillis
}

/** Users, groups and roles. */
export interface IamEntityTable {
  readonly id: string
  readonly account_id: AccountId
  readonly kind: EntityKind
  readonly name: string
  /** In lower case: names are unique without it. */
  readonly folded_name: string
  readonly path: string
  readonly created_at: EpochMillis
  /** JSON: EntityDetails. */
  readonly details: string
  /** Of a role. */
  readonly last_used_at: EpochMillis | null
  readonly last_used_region: string | null
}

export interface IamMembershipTable {
  readonly group_id: string
  readonly user_id: string
}

export interface IamKeyTable {
  readonly id: string
  readonly account_id: AccountId
  /** Null where it is one of a session of the account's root. */
  readonly entity_id: string | null
  /** With a key that is kept apart from the database, and so is the token of one that ends. */
  readonly encrypted_secret: string
  readonly encrypted_token: string | null
  /** JSON: StoredSession, of one that ends. */
  readonly session: string | null
  readonly status: 'Active' | 'Inactive'
  readonly created_at: EpochMillis
  readonly expires_at: EpochMillis | null
  readonly last_used_at: EpochMillis | null
  readonly last_used_service: string | null
  readonly last_used_region: string | null
}

export interface IamBoundaryTable {
  readonly entity_id: string
  readonly policy_arn: string
}

export interface IamPolicyTable {
  readonly arn: string
  readonly id: string
  readonly account_id: AccountId
  readonly name: string
  readonly folded_name: string
  readonly path: string
  readonly description: string | null
  readonly default_version: number
  /** The highest that was ever given. */
  readonly last_version: number
  readonly created_at: EpochMillis
  readonly updated_at: EpochMillis
}

export interface IamPolicyVersionTable {
  readonly policy_arn: string
  readonly version: number
  readonly document: string
  readonly created_at: EpochMillis
}

export interface IamInlinePolicyTable {
  readonly entity_id: string
  readonly name: string
  readonly document: string
}

export interface IamAttachmentTable {
  readonly entity_id: string
  readonly policy_arn: string
}

/** An issuer of tokens that an account believes. */
export interface OidcProviderTable {
  readonly account_id: AccountId
  readonly issuer: string
  /** JSON arrays. */
  readonly client_ids: string
  readonly thumbprints: string
  readonly created_at: EpochMillis
}

export interface ImageTable {
  readonly id: Generated<number>
  readonly repository_id: number
  readonly digest: Digest
  readonly media_type: string
  readonly manifest_bytes: number
  readonly size_in_bytes: number
  readonly artifact_type: string | null
  readonly subject: Digest | null
  readonly pushed_at: EpochMillis
  readonly last_pulled_at: EpochMillis | null
  /** Whether any row of `tags` points here; kept so that the rare status of a large repository is found by index. */
  readonly tagged: Generated<Flag>
  readonly content: Uint8Array
  readonly storage: Generated<StorageCode>
  readonly last_archived_at: EpochMillis | null
  readonly last_activated_at: EpochMillis | null
  /** Where it is 0, no index of the repository lists the image; where it is 1, one does or did. */
  readonly listed: Generated<Flag>
  /** When the last task stopped that ran it. */
  readonly last_used_at: EpochMillis | null
}

/** The blobs of its own repository that an image needs; in `absent_blobs`, those it lists and the repository doesn't have. */
export interface ImageBlobTable {
  readonly image_id: number
  readonly repository_id: number
  readonly blob_digest: Digest
}

/** The manifests that an index lists. */
export interface ImageChildTable {
  readonly image_id: number
  readonly repository_id: number
  readonly child_digest: Digest
}

export interface TagTable {
  readonly repository_id: number
  readonly name: Tag
  readonly image_id: number
  /** When the tag was last pointed at an image. */
  readonly tagged_at: EpochMillis
}

/** Blobs of the whole installation, linked or not. */
export interface BlobTable {
  readonly digest: Digest
  readonly size: number
  readonly created_at: EpochMillis
  /** When a repository was last known to need it; unlinked, it stays for the grace period after that. */
  readonly needed_at: Generated<EpochMillis>
  /** Whether its bytes are about to go. Whoever links it again takes this back and looks whether they are still there. */
  readonly deleting: Generated<Flag>
}

export interface BlobLinkTable {
  readonly repository_id: number
  readonly digest: Digest
  readonly created_at: EpochMillis
  /** When someone last relied on it, but for the images that need it; unneeded, it stays for the grace period after that. */
  readonly needed_at: Generated<EpochMillis>
}

export interface UploadTable {
  readonly id: string
  readonly repository_id: number
  readonly started_at: EpochMillis
  readonly parts: number
  readonly shortest_inner_part: number | null
  /** The ARN of the principal that began it, where one did. */
  readonly started_by: string | null
  readonly last_part: number | null
}

/** Events that no rule has seen yet. */
export interface OutboxTable {
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly bus: string
  /** How many buses the event was on before. */
  readonly hops: number
  /** JSON, as targets get it. */
  readonly event: string
  /** Of an event that is told again: a JSON array of the ARNs of the rules that alone are told. */
  readonly only_rules: string | null
}

/** Buses that were created; the default ones only where something was set of them. */
export interface EventBusTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly description: string | null
  readonly policy: string | null
  readonly created_at: EpochMillis
  readonly changed_at: EpochMillis
}

export interface EventRuleTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly bus: string
  readonly name: string
  readonly pattern: string | null
  readonly schedule: string | null
  readonly state: RuleState
  readonly description: string | null
  readonly role_arn: string | null
  readonly created_by: AccountId
  readonly created_at: EpochMillis
}

export interface EventTargetTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly bus: string
  readonly rule: string
  readonly id: string
  readonly arn: string
  /** JSON, as it was given. */
  readonly target: string
}

/** Connections and API destinations. */
export interface EventThingTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly kind: NamedThing['kind']
  readonly name: string
  readonly id: string
  /** JSON. */
  readonly content: string
  readonly created_at: EpochMillis
  readonly changed_at: EpochMillis
}

export interface TopicTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  /** A JSON object of texts. */
  readonly attributes: string
  readonly policy: string | null
  readonly created_at: EpochMillis
}

export interface SubscriptionTable {
  readonly id: string
  readonly account_id: AccountId
  readonly region: Region
  readonly topic: string
  readonly protocol: SubscriptionProtocol
  readonly endpoint: string
  readonly principal: string
  /** A JSON object of texts. */
  readonly attributes: string
  readonly confirmation: NonNullable<Subscription['confirmation']> | null
  readonly token: string
  readonly token_until: EpochMillis
  readonly address: string
  readonly created_at: EpochMillis
}

export interface ArnTagTable {
  readonly arn: string
  readonly key: string
  readonly value: string
}

export interface DeliveryTable {
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly lane: string
  readonly kind: DeliveryKind
  /** JSON. */
  readonly content: string
  readonly created_at: EpochMillis
  readonly most_attempts: number
  /** When it is given up. */
  readonly until: EpochMillis
  readonly state: Generated<DeliveryState>
  readonly attempts: Generated<number>
  readonly next_at: EpochMillis
  readonly answer: string | null
  readonly ended_at: EpochMillis | null
  /** JSON: the latest tries. */
  readonly tries: string | null
}

export interface MailboxTable {
  readonly id: Generated<number>
  readonly sent_at: EpochMillis
  /** JSON. */
  readonly content: string
}

export interface RobotTable {
  readonly id: string
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly secret_hash: string
  /** Actions, repositories and maker as JSON. */
  readonly content: string
  readonly created_at: EpochMillis
  readonly expires_at: EpochMillis | null
  readonly last_used_at: EpochMillis | null
}

export interface AuditTrailTable {
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly at: EpochMillis
  readonly principal: string
  readonly action: string
  readonly repository: string | null
  readonly outcome: TrailOutcome
  /** The rest of the record as JSON. */
  readonly content: string
}

export interface SigningKeyTable {
  /** Always 1. */
  readonly place: number
  readonly id: string
  /** PEM. */
  readonly private_key: string
  /** PEM. */
  readonly certificate: string
  readonly created_at: EpochMillis
}

export interface JobTable {
  readonly kind: string
  readonly key: string
  /** When a worker may take it next: the time asked for, or while it runs the end of the lease. */
  readonly due_at: EpochMillis
  /** Set while a worker has it. */
  readonly lease: string | null
  /** The earliest time it was asked for while a worker had it. */
  readonly again_at: EpochMillis | null
  /** How often it was taken since it last succeeded. */
  readonly attempts: Generated<number>
  /** JSON: what the latest run tells of itself. */
  readonly progress: string | null
  /** When it last succeeded. */
  readonly finished_at: EpochMillis | null
  readonly last_error: string | null
}

/** One row for each tag that came, moved or went, and for each image that went or came back. */
export interface TagHistoryTable {
  /** Counts up: later changes of a repository have larger ones. */
  readonly id: Generated<number>
  readonly repository_id: number
  /** Null where an image as a whole went or came back. */
  readonly tag: Tag | null
  readonly from_digest: Digest | null
  readonly to_digest: Digest | null
  readonly changed_at: EpochMillis
  readonly actor: string
  readonly reason: ChangeReason
}

/** Deleted images as they were in `images`, until they can't be restored any more. */
export interface DeletedImageTable extends Omit<ImageTable, 'tagged'> {
  /** A JSON array of the tags it had. */
  readonly tags: string
  readonly deleted_at: EpochMillis
  /** The same for all that went in one transaction. */
  readonly deletion: string
  readonly actor: string
  readonly reason: ChangeReason
}

export interface LifecyclePolicyTable {
  readonly repository_id: number
  /** Another for each put. */
  readonly id: string
  readonly text: string
  readonly language: PolicyLanguage
  readonly put_at: EpochMillis
  readonly last_evaluated_at: EpochMillis | null
}

export interface LifecyclePreviewTable {
  readonly repository_id: number
  readonly text: string
  readonly language: PolicyLanguage
  readonly status: PreviewStatus
  readonly started_at: EpochMillis
  /** Counts up with each attempt. */
  readonly run: number
  readonly expiring: number
  readonly archiving: Generated<number>
}

export interface LifecyclePreviewChunkTable {
  readonly repository_id: number
  readonly run: number
  readonly place: number
  /** When the first and the last of its images were pushed. */
  readonly newest_at: EpochMillis
  readonly oldest_at: EpochMillis
  /** A JSON array with an array for each image: digest, time of push, priority of the rule, what it does, tags. */
  readonly results: string
}

export interface CreationTemplateTable {
  readonly account_id: AccountId
  readonly region: Region
  /** What is compared of the prefix. */
  readonly path: string
  readonly prefix: string
  readonly description: string | null
  /** A JSON array. */
  readonly applied_for: string
  readonly tag_mutability: TagMutability
  /** A JSON array of wildcard patterns. */
  readonly tag_mutability_exclusions: string
  readonly encryption_type: Encryption['type']
  readonly kms_key: string | null
  /** A JSON array in which keys and values take turns. */
  readonly resource_tags: string
  readonly repository_policy: string | null
  readonly lifecycle_policy: string | null
  readonly custom_role_arn: string | null
  readonly created_at: EpochMillis
  readonly updated_at: EpochMillis
}

export interface ReplicationRuleTable {
  readonly account_id: AccountId
  readonly region: Region
  /** A JSON array of rules. */
  readonly rules: string
}

/** An image and one registry that it goes to as well; the row goes with the image. */
export interface ReplicationTable {
  readonly repository_id: number
  readonly digest: Digest
  readonly destination_account: AccountId
  readonly destination_region: Region
  readonly status: ReplicationState['status']
  readonly failure_code: string | null
  /** A JSON array of the tags that are yet to be brought. */
  readonly tags: string
}

export interface AdvisoryTable {
  readonly id: string
  readonly modified_at: EpochMillis
  readonly published_at: EpochMillis | null
  /** A JSON array of CVEs. */
  readonly names: string
  readonly url: string
  /** A JSON array of addresses. */
  readonly link_urls: string
  readonly description: string
}

/** What an advisory says of one package. */
export interface AdvisoryPackageTable {
  readonly ecosystem: string
  readonly name: string
  readonly advisory_id: string
  /** A JSON array of ranges of versions and how bad it is. */
  readonly affected: string
}

export interface AdvisoryFeedTable {
  readonly ecosystem: string
  readonly updated_at: EpochMillis
  readonly newest_at: EpochMillis
}

/** What was read of a layer, once for all images of all repositories; gone with its blob. */
export interface LayerInventoryTable {
  readonly digest: Digest
  /** The version of the code that read it. */
  readonly reader: number
  /** JSON. */
  readonly inventory: string
}

export interface ImageScanTable {
  readonly repository_id: number
  readonly digest: Digest
  readonly type: ScanType
  readonly status: ScanStatus
  readonly description: string
  readonly started_at: EpochMillis
  readonly completed_at: EpochMillis | null
  readonly source_updated_at: EpochMillis | null
  /** Counts up with each scan. */
  readonly run: number
  /** A JSON object of numbers by severity. */
  readonly severity_counts: string
  readonly fingerprint: string
}

export interface ScanFindingsTable {
  readonly repository_id: number
  readonly digest: Digest
  readonly run: number
  readonly place: number
  /** A JSON array. */
  readonly findings: string
}

/** What findings in any image say of one package. */
export interface VulnerablePackageTable {
  readonly id: Generated<number>
  readonly vulnerability: string
  readonly format: PackageFormat
  readonly package_name: string
  readonly package_version: string
  readonly severity: Severity
  /** Empty while there is no fix. */
  readonly fixed_in: string
}

export interface VulnerableImageTable {
  readonly package_id: number
  readonly image_id: number
}

/** In the key an empty text stands for anything. */
export interface AcceptedFindingTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly vulnerability: string
  readonly repository_name: RepositoryName | ''
  readonly digest: Digest | ''
  readonly package_name: string
  readonly status: AcceptanceStatus
  readonly reason: string
  readonly justification: Justification | null
  readonly expires_at: EpochMillis | null
  readonly accepted_by: string
  readonly accepted_at: EpochMillis
}

export interface PullGateTable {
  readonly repository_id: number
  readonly severity: PullGate['severity']
  readonly unscanned: PullGate['unscanned']
  /** ARN patterns, as a JSON array. */
  readonly exempt: string
}

export interface ScanningConfigurationTable {
  readonly account_id: AccountId
  readonly region: Region
  /** JSON, like the one that was in force before it. */
  readonly configuration: string
  readonly previous: string
}

export interface SigningRuleTable {
  readonly account_id: AccountId
  readonly region: Region
  /** A JSON array. */
  readonly rules: string
}

export interface ImageSigningKeyTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  /** PEM. */
  readonly chain: string
  readonly sealed_key: string
  readonly created_at: EpochMillis
}

/** How the signature of one image by one profile stands. */
export interface SigningTable {
  readonly repository_id: number
  readonly digest: Digest
  /** ARN. */
  readonly profile: string
  readonly status: SigningState['status']
  readonly failure_code: string | null
  readonly failure_reason: string | null
  readonly actor: string
}

export interface CacheRuleTable {
  readonly account_id: AccountId
  readonly region: Region
  /** What is compared of the prefix. */
  readonly path: string
  readonly prefix: string
  readonly upstream_url: string
  readonly upstream_kind: UpstreamKind | null
  readonly upstream_prefix: string
  readonly credential_arn: string | null
  readonly custom_role_arn: string | null
  readonly created_at: EpochMillis
  readonly updated_at: EpochMillis
}

/** What a tag was on at the upstream when it was last asked. */
export interface UpstreamTagTable {
  readonly repository_id: number
  readonly name: Tag
  readonly digest: Digest
  readonly checked_at: EpochMillis
}

/** When the referrers of an image were last asked for at the upstream. */
export interface UpstreamReferrersTable {
  readonly repository_id: number
  readonly subject: Digest
  readonly checked_at: EpochMillis
}

export interface ClusterTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly status: Cluster['status']
  /** A JSON array of names and values. */
  readonly settings: string
  /** JSON. */
  readonly exec_logging: string | null
}

export interface TaskFamilyTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly last_revision: number
}

export interface TaskDefinitionTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly family: string
  readonly revision: number
  readonly status: TaskDefinitionStatus
  /** JSON. */
  readonly content: string
  /** ARN. */
  readonly registered_by: string
  readonly registered_at: EpochMillis
  readonly deregistered_at: EpochMillis | null
}

export interface TaskTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly cluster: string
  readonly id: string
  readonly family: string
  readonly started_by: string | null
  readonly client_token: string | null
  readonly desired: Task['desired']
  readonly status: Task['status']
  /** The whole task as JSON. */
  readonly content: string
  /** The name of the service that it belongs to. */
  readonly service: string | null
  /** The id of the container instance that it was placed on. */
  readonly instance: string | null
}

export interface ServiceTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly cluster: string
  readonly name: string
  readonly status: Service['status']
  readonly scheduling_strategy: Service['schedulingStrategy']
  /** The whole service as JSON, but for its events. */
  readonly content: string
  /** JSON, newest first. */
  readonly events: string
}

export interface LogGroupTable {
  /** Never given twice. */
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly retention_days: number | null
  readonly created_at: EpochMillis
}

export interface LogStreamTable {
  readonly id: Generated<number>
  readonly group_id: number
  readonly name: string
  readonly created_at: EpochMillis
  /** 0 before the first event, like the two after it. */
  readonly first_event_at: Generated<EpochMillis>
  readonly last_event_at: Generated<EpochMillis>
  readonly last_ingested_at: Generated<EpochMillis>
  readonly stored_bytes: Generated<number>
}

export interface LogEventTable {
  readonly id: Generated<number>
  readonly group_id: number
  readonly stream_id: number
  readonly at: EpochMillis
  readonly ingested_at: EpochMillis
  readonly message: string
}

export interface EventArchiveTable {
  /** Never given twice. */
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly bus: string
  readonly description: string | null
  readonly pattern: string | null
  readonly retention_days: number
  readonly created_at: EpochMillis
  readonly event_count: Generated<number>
  readonly bytes: Generated<number>
}

export interface ArchivedEventTable {
  readonly id: Generated<number>
  readonly archive_id: number
  /** The time that the event tells of. */
  readonly at: EpochMillis
  /** JSON. */
  readonly event: string
}

export interface EventReplayTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  readonly archive: string
  readonly state: ReplayState
  /** The rest as JSON. */
  readonly content: string
}

export interface QueueTable {
  /** Never given twice. */
  readonly id: Generated<number>
  readonly account_id: AccountId
  readonly region: Region
  readonly name: string
  /** A JSON object of what was set. */
  readonly attributes: string
  readonly created_at: EpochMillis
  readonly changed_at: EpochMillis
}

export interface QueueMessageTable {
  readonly id: Generated<number>
  readonly queue_id: number
  readonly message_id: string
  readonly body: string
  /** JSON. */
  readonly attributes: string
  readonly sender: string
  readonly sent_at: EpochMillis
  readonly visible_at: EpochMillis
  /** When it goes, received or not. */
  readonly until: EpochMillis
  readonly receives: Generated<number>
  readonly first_received_at: Generated<EpochMillis | null>
  readonly handle: Generated<string | null>
  /** ARN of the queue that it was moved from. */
  readonly source: Generated<string | null>
}

export interface QueueMoveTable {
  readonly id: string
  readonly queue_id: number
  /** JSON. */
  readonly content: string
  readonly started_at: EpochMillis
}

export type LeftoverKind = 'log-group' | 'log-stream' | 'archive' | 'queue'

/** Something that is deleted, and whose many rows may still be there. */
export interface LeftoverTable {
  readonly kind: LeftoverKind
  readonly id: number
}

export interface ImageUseTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly repository: RepositoryName
  readonly digest: Digest
  /** The ARN of a task that isn't stopped. */
  readonly task: string
}

export interface ClientTokenTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly cluster: string
  readonly token: string
  /** A hash. */
  readonly request: string
  /** A JSON array of ids. */
  readonly tasks: string
  readonly used_at: EpochMillis
}

export interface ContainerInstanceTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly cluster: string
  readonly id: string
  readonly status: InstanceState['status']
  /** A JSON object: null for an attribute without a value. */
  readonly attributes: string
  readonly version: number
}

export interface EcsAccountSettingTable {
  readonly account_id: AccountId
  readonly region: Region
  /** An ARN; the account's root stands for all who have said nothing. */
  readonly principal: string
  readonly name: string
  readonly value: string
}

export interface ServiceDeploymentTable {
  readonly account_id: AccountId
  readonly region: Region
  readonly cluster: string
  readonly service: string
  readonly id: string
  readonly status: ServiceDeployment['status']
  readonly created_at: EpochMillis
  /** The whole of it as JSON. */
  readonly content: string
}
