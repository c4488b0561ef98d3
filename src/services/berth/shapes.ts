// Made from src/protocols/aws/models/berth.json: npx vitest run tests/berth-api --update

/** Every operation under `/berth/v1/` by its name. */
export interface BerthOperations {
  readonly CreateAccount: {
    readonly input: CreateAccountRequest
    readonly output: RootKey
  }
  readonly ListAccounts: {
    readonly input: ListAccountsRequest
    readonly output: ListAccountsResponse
  }
  readonly CreateAccountKey: {
    readonly input: CreateAccountKeyRequest
    readonly output: RootKey
  }
  readonly DeleteAccountKey: {
    readonly input: DeleteAccountKeyRequest
    readonly output: DeleteAccountKeyResponse
  }
  readonly CreateConsoleTicket: {
    readonly input: CreateConsoleTicketRequest
    readonly output: CreateConsoleTicketResponse
  }
  readonly CreateRobot: {
    readonly input: CreateRobotRequest
    readonly output: CreateRobotResponse
  }
  readonly ListRobots: {
    readonly input: ListRobotsRequest
    readonly output: ListRobotsResponse
  }
  readonly RevokeRobot: {
    readonly input: RevokeRobotRequest
    readonly output: RevokeRobotResponse
  }
  readonly PutRedeployment: {
    readonly input: PutRedeploymentRequest
    readonly output: PutRedeploymentResponse
  }
  readonly DeleteRedeployment: {
    readonly input: DeleteRedeploymentRequest
    readonly output: DeleteRedeploymentResponse
  }
  readonly ListRedeployments: {
    readonly input: ListRedeploymentsRequest
    readonly output: ListRedeploymentsResponse
  }
  readonly LookupEvents: {
    readonly input: LookupEventsRequest
    readonly output: LookupEventsResponse
  }
  readonly DescribeGarbage: {
    readonly input: DescribeGarbageRequest
    readonly output: DescribeGarbageResponse
  }
  readonly DescribeGarbageCollection: {
    readonly input: DescribeGarbageCollectionRequest
    readonly output: DescribeGarbageCollectionResponse
  }
  readonly StartGarbageCollection: {
    readonly input: StartGarbageCollectionRequest
    readonly output: StartGarbageCollectionResponse
  }
  readonly DescribeServer: {
    readonly input: DescribeServerRequest
    readonly output: DescribeServerResponse
  }
  readonly ListTagHistory: {
    readonly input: ListTagHistoryRequest
    readonly output: ListTagHistoryResponse
  }
  readonly ListDeletedImages: {
    readonly input: ListDeletedImagesRequest
    readonly output: ListDeletedImagesResponse
  }
  readonly ExplainLifecyclePolicy: {
    readonly input: ExplainLifecyclePolicyRequest
    readonly output: ExplainLifecyclePolicyResponse
  }
  readonly PutLifecyclePolicy: {
    readonly input: PutLifecyclePolicyRequest
    readonly output: PutLifecyclePolicyResponse
  }
  readonly GetLifecycleSettings: {
    readonly input: GetLifecycleSettingsRequest
    readonly output: LifecycleSettings
  }
  readonly PutLifecycleSettings: {
    readonly input: PutLifecycleSettingsRequest
    readonly output: LifecycleSettings
  }
  readonly ReplicateImages: {
    readonly input: ReplicateImagesRequest
    readonly output: ReplicateImagesResponse
  }
  readonly ListJobs: {
    readonly input: ListJobsRequest
    readonly output: ListJobsResponse
  }
  readonly RunJobs: {
    readonly input: RunJobsRequest
    readonly output: RunJobsResponse
  }
  readonly DescribeClock: {
    readonly input: DescribeClockRequest
    readonly output: DescribeClockResponse
  }
  readonly AdvanceClock: {
    readonly input: AdvanceClockRequest
    readonly output: AdvanceClockResponse
  }
  readonly CreateSigningKey: {
    readonly input: CreateSigningKeyRequest
    readonly output: SigningKey
  }
  readonly ListSigningKeys: {
    readonly input: ListSigningKeysRequest
    readonly output: ListSigningKeysResponse
  }
  readonly DeleteSigningKey: {
    readonly input: DeleteSigningKeyRequest
    readonly output: DeleteSigningKeyResponse
  }
  readonly RestoreImage: {
    readonly input: RestoreImageRequest
    readonly output: RestoreImageResponse
  }
  readonly DescribeAdvisories: {
    readonly input: DescribeAdvisoriesRequest
    readonly output: DescribeAdvisoriesResponse
  }
  readonly GetSoftwareBillOfMaterials: {
    readonly input: GetSoftwareBillOfMaterialsRequest
    readonly output: GetSoftwareBillOfMaterialsResponse
  }
  readonly ImportAdvisories: {
    readonly input: ImportAdvisoriesRequest
    readonly output: ImportAdvisoriesResponse
  }
  readonly ScanImage: {
    readonly input: ScanImageRequest
    readonly output: ScanImageResponse
  }
  readonly DescribeFindings: {
    readonly input: DescribeFindingsRequest
    readonly output: DescribeFindingsResponse
  }
  readonly CompareFindings: {
    readonly input: CompareFindingsRequest
    readonly output: CompareFindingsResponse
  }
  readonly FindVulnerability: {
    readonly input: FindVulnerabilityRequest
    readonly output: FindVulnerabilityResponse
  }
  readonly AcceptFinding: {
    readonly input: AcceptFindingRequest
    readonly output: AcceptFindingResponse
  }
  readonly RevokeAcceptance: {
    readonly input: RevokeAcceptanceRequest
    readonly output: RevokeAcceptanceResponse
  }
  readonly ListAcceptances: {
    readonly input: ListAcceptancesRequest
    readonly output: ListAcceptancesResponse
  }
  readonly ImportVex: {
    readonly input: ImportVexRequest
    readonly output: ImportVexResponse
  }
  readonly ExportVex: {
    readonly input: ExportVexRequest
    readonly output: ExportVexResponse
  }
  readonly PutPullGate: {
    readonly input: PutPullGateRequest
    readonly output: PutPullGateResponse
  }
  readonly DescribePullGate: {
    readonly input: DescribePullGateRequest
    readonly output: DescribePullGateResponse
  }
  readonly DeletePullGate: {
    readonly input: DeletePullGateRequest
    readonly output: DeletePullGateResponse
  }
  readonly UpdateAdvisories: {
    readonly input: UpdateAdvisoriesRequest
    readonly output: UpdateAdvisoriesResponse
  }
  readonly ListMail: {
    readonly input: ListMailRequest
    readonly output: ListMailResponse
  }
  readonly SendTestMail: {
    readonly input: SendTestMailRequest
    readonly output: SendTestMailResponse
  }
  readonly ListDeliveries: {
    readonly input: ListDeliveriesRequest
    readonly output: ListDeliveriesResponse
  }
  readonly ReplayDelivery: {
    readonly input: ReplayDeliveryRequest
    readonly output: ReplayDeliveryResponse
  }
  readonly ReplayDeliveries: {
    readonly input: ReplayDeliveriesRequest
    readonly output: ReplayDeliveriesResponse
  }
  readonly DescribeDelivery: {
    readonly input: DescribeDeliveryRequest
    readonly output: DescribeDeliveryResponse
  }
  readonly DescribeMail: {
    readonly input: DescribeMailRequest
    readonly output: DescribeMailResponse
  }
}

export interface PutRedeploymentRequest {
  readonly repositoryName: string
  readonly imageTag: string
  readonly cluster: string
  readonly serviceName: string
}

export type PutRedeploymentResponse = Readonly<Record<string, never>>

export interface DeleteRedeploymentRequest {
  readonly repositoryName: string
  readonly imageTag: string
  readonly cluster: string
  readonly serviceName: string
}

export type DeleteRedeploymentResponse = Readonly<Record<string, never>>

export interface ListRedeploymentsRequest {
  /** Only those of this cluster's services. */
  readonly cluster?: string | undefined
  /** Only those of services of this name. */
  readonly serviceName?: string | undefined
}

export interface ListRedeploymentsResponse {
  readonly redeployments: readonly Redeployment[]
}

export interface Redeployment {
  readonly repositoryName: string
  readonly imageTag: string
  readonly cluster: string
  readonly serviceName: string
  /** Of the rule of EventBridge, on the default bus. */
  readonly ruleName: string
  /** False while the rule is disabled. */
  readonly enabled: boolean
}

export type CreateConsoleTicketRequest = Readonly<Record<string, never>>

export interface CreateConsoleTicketResponse {
  readonly ticket: string
  /** The region the request was signed for. */
  readonly region: string
  readonly expiresAt: Date
}

export interface CreateAccountRequest {
  readonly accountId: string
  /** A name that people know it by; no other account has it. */
  readonly alias?: string | undefined
}

export interface RootKey {
  readonly accountId: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

export interface ListAccountsRequest {
  readonly nextToken?: string | undefined
}

export interface ListAccountsResponse {
  readonly accounts: readonly Account[]
  readonly nextToken?: string | undefined
}

export interface Account {
  readonly accountId: string
  readonly alias?: string | undefined
  readonly createdAt: Date
  /** The access keys of its root. */
  readonly accessKeyIds: readonly string[]
}

export interface CreateAccountKeyRequest {
  readonly accountId: string
}

export interface DeleteAccountKeyRequest {
  readonly accountId: string
  readonly accessKeyId: string
}

export type DeleteAccountKeyResponse = Readonly<Record<string, never>>

export type DescribeGarbageRequest = Readonly<Record<string, never>>

export interface DescribeGarbageResponse {
  /** Repositories with blobs that no image needs, those with the most bytes first; a thousand at the most. */
  readonly repositories: readonly RepositoryGarbage[]
  /** All such repositories. */
  readonly repositoryCount: number
  /** Blobs that would leave the disk: no repository would need them any more, or none knows them. */
  readonly blobs: GarbageAmount
  /** Unfinished uploads that nobody goes on with. */
  readonly uploads: GarbageAmount
}

export interface RepositoryGarbage {
  readonly accountId: string
  readonly region: string
  readonly repositoryName: string
  /** Blobs that would be taken out of the repository. */
  readonly count: number
  /** Their bytes; those that other repositories need stay on the disk. */
  readonly bytes: number
}

export interface GarbageAmount {
  readonly count: number
  readonly bytes: number
}

export type DescribeGarbageCollectionRequest = Readonly<Record<string, never>>

export interface DescribeGarbageCollectionResponse {
  readonly status: JobStatus
  /** When it is due; absent while it runs. */
  readonly nextRunAt?: Date | undefined
  /** When it last ran to its end. */
  readonly finishedAt?: Date | undefined
  /** Why it last failed, until it succeeds. */
  readonly lastError?: string | undefined
  /** What the latest run has done so far, or had done at its end. */
  readonly progress?: GarbageProgress | undefined
}

export type JobStatus = 'IDLE' | 'DUE' | 'RUNNING'

export interface GarbageProgress {
  /** What it does now, in words. */
  readonly step: string
  readonly stepsDone: number
  readonly steps: number
  /** Uploads dropped. */
  readonly uploads: number
  /** Blobs taken out of repositories where nothing needs them. */
  readonly links: number
  /** Blobs removed from the disk. */
  readonly blobs: number
  /** Their bytes. */
  readonly bytes: number
  /** Blobs that could not be removed; they are tried again. */
  readonly failures: number
}

export type StartGarbageCollectionRequest = Readonly<Record<string, never>>

export interface StartGarbageCollectionResponse {
  /** A run that has finished after this has removed what was garbage then. */
  readonly requestedAt: Date
}

export type DescribeServerRequest = Readonly<Record<string, never>>

export interface DescribeServerResponse {
  readonly version: string
  /** When this process began to answer. */
  readonly startedAt: Date
  /** Where metadata is kept. */
  readonly database: Database
  /** The caller's account. */
  readonly accountId: string
  /** The region the request was signed for. */
  readonly region: string
  /** What image references of this account and region begin with. */
  readonly registryHost: string
  /** Repositories of this account and region. */
  readonly repositoryCount: number
  /** Images of this account and region, tagged or not. */
  readonly imageCount: number
  /** What is stored for all accounts together; told to the server's own account alone. */
  readonly storage?: Storage | undefined
}

export interface Storage {
  /** Different blobs; one that many repositories have counts once. */
  readonly blobCount: number
  /** Their bytes. */
  readonly blobBytes: number
}

export interface ListTagHistoryRequest {
  /** The account; the caller's own unless told. */
  readonly registryId?: string | undefined
  readonly repositoryName: string
  /** Only this tag; all changes unless told. */
  readonly imageTag?: string | undefined
  /** Changes on a page; 100 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListTagHistoryResponse {
  readonly changes: readonly TagChange[]
  readonly nextToken?: string | undefined
}

export interface TagChange {
  readonly changedAt: Date
  /** Absent where an image as a whole went or came back. */
  readonly imageTag?: string | undefined
  /** The image that was there before, if one was. */
  readonly fromDigest?: string | undefined
  /** The image that is there since, if one is. */
  readonly toDigest?: string | undefined
  /** The ARN of who did it. */
  readonly actor: string
  /** What did it. */
  readonly reason: ChangeReason
}

export type ChangeReason =
  | 'push'
  | 'put-image'
  | 'delete'
  | 'batch-delete-image'
  | 'subject-deleted'
  | 'lifecycle'
  | 'restore'
  | 'replication'
  | 'sign'
  | 'pull-through-cache'

export interface ReplicateImagesRequest {
  /** All repositories of the registry unless told. */
  readonly repositoryName?: string | undefined
  /** Only tell what would be replicated. */
  readonly dryRun?: boolean | undefined
  /** Also to where an image is already, for tags that it had before there were rules, or what was deleted there. */
  readonly again?: boolean | undefined
  /** Images looked at for a page; 100 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ReplicateImagesResponse {
  readonly images: readonly ReplicatedImage[]
  readonly nextToken?: string | undefined
}

export interface ReplicatedImage {
  readonly repositoryName: string
  readonly imageDigest: string
  readonly imageTags: readonly string[]
  readonly destinations: readonly ReplicationDestination[]
}

export interface ReplicationDestination {
  readonly region: string
  readonly registryId: string
}

export interface ListDeletedImagesRequest {
  /** The account; the caller's own unless told. */
  readonly registryId?: string | undefined
  readonly repositoryName: string
  /** Images on a page; 100 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListDeletedImagesResponse {
  readonly images: readonly DeletedImageDetail[]
  readonly nextToken?: string | undefined
}

export interface DeletedImageDetail {
  readonly imageDigest: string
  /** The tags that it had. */
  readonly imageTags: readonly string[]
  readonly imagePushedAt: Date
  readonly imageSizeInBytes: number
  readonly deletedAt: Date
  readonly restorableUntil: Date
  /** The ARN of who deleted it. */
  readonly actor: string
  /** What deleted it. */
  readonly reason: ChangeReason
}

export interface RestoreImageRequest {
  /** The account; the caller's own unless told. */
  readonly registryId?: string | undefined
  readonly repositoryName: string
  readonly imageDigest: string
  /** A tag to point at the image, as a push under it would; another image's is moved, unless it is immutable. */
  readonly imageTag?: string | undefined
  /** Whether images that come back get the tags that they had. One that another image has by now stays there. */
  readonly restoreTags?: boolean | undefined
}

export interface RestoreImageResponse {
  readonly imageDigest: string
  /** Every image that came back; none when all were there. */
  readonly restoredDigests: readonly string[]
  /** Tags that were pointed at them. */
  readonly tags: readonly PlacedTag[]
  /** Former tags that stay with other images, and which those are. */
  readonly takenTags: readonly PlacedTag[]
}

export interface PlacedTag {
  readonly imageTag: string
  readonly imageDigest: string
}

export interface ListJobsRequest {
  /** Of this kind alone. */
  readonly kind?: string | undefined
  /** Jobs on a page; 100 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListJobsResponse {
  readonly jobs: readonly Job[]
  /** Every kind there is, also those that have no job now. */
  readonly kinds: readonly string[]
  readonly nextToken?: string | undefined
}

export interface Job {
  readonly kind: string
  /** What it is done to; empty where there is only one of its kind. */
  readonly key: string
  readonly status: JobStatus
  /** When it is due; absent while it runs. */
  readonly nextRunAt?: Date | undefined
  /** How often it began since it last succeeded. */
  readonly attempts: number
  /** When it last ran to its end. */
  readonly finishedAt?: Date | undefined
  /** Why it last failed, until it succeeds. */
  readonly lastError?: string | undefined
}

export interface RunJobsRequest {
  readonly kind: string
  /** The one job of this key, which need not be there yet. All that are there unless told. */
  readonly key?: string | undefined
}

export interface RunJobsResponse {
  /** A job that is due at this time has not run yet. */
  readonly requestedAt: Date
  /** Jobs that run. */
  readonly count: number
}

export type DescribeClockRequest = Readonly<Record<string, never>>

export interface DescribeClockResponse {
  readonly now: Date
  /** Of the true time. */
  readonly secondsAhead: number
}

export interface AdvanceClockRequest {
  /** Time never goes back. */
  readonly seconds: number
}

export interface AdvanceClockResponse {
  readonly now: Date
  /** Of the true time. */
  readonly secondsAhead: number
  /** Jobs that had become due and have run. */
  readonly jobsRun: number
}

export type DescribeAdvisoriesRequest = Readonly<Record<string, never>>

export interface DescribeAdvisoriesResponse {
  /** By ecosystem. */
  readonly feeds: readonly AdvisoryFeed[]
  /** By ecosystem. */
  readonly updates: readonly AdvisoryUpdate[]
}

export interface AdvisoryFeed {
  readonly ecosystem: string
  readonly advisoryCount: number
  /** When advisories for it last came, changed or not. */
  readonly updatedAt: Date
  /** When the newest of them was last changed. */
  readonly newestAt: Date
}

export interface AdvisoryUpdate {
  readonly ecosystem: string
  readonly status: JobStatus
  /** When it is due; absent while it runs. */
  readonly nextRunAt?: Date | undefined
  /** When it last ran to its end. */
  readonly finishedAt?: Date | undefined
  /** Why it last failed, until it succeeds. */
  readonly lastError?: string | undefined
  readonly progress?: AdvisoryProgress | undefined
}

export interface AdvisoryProgress {
  /** What it does now, in words. */
  readonly step: string
  /** Bytes downloaded, or records read. */
  readonly done: number
  /** How many there are; 0 while that isn't known. */
  readonly of: number
  /** Advisories that were new or had changed. */
  readonly changed: number
}

export interface GetSoftwareBillOfMaterialsRequest {
  /** The account; the caller's own unless told. */
  readonly registryId?: string | undefined
  readonly repositoryName: string
  readonly imageTag?: string | undefined
  readonly imageDigest?: string | undefined
  /** CYCLONEDX unless told. */
  readonly format?: SbomFormat | undefined
}

export type SbomFormat = 'CYCLONEDX' | 'SPDX'

export interface GetSoftwareBillOfMaterialsResponse {
  readonly imageDigest: string
  /** JSON: CycloneDX 1.6 or SPDX 2.3. */
  readonly document: string
}

export interface ImportAdvisoriesRequest {
  /** OSV records, each as JSON on a line of its own. */
  readonly records: string
}

export interface ImportAdvisoriesResponse {
  /** New, or in the place of an earlier version. */
  readonly changed: number
  /** Here already. */
  readonly unchanged: number
  /** Withdrawn, or about nothing that is a vulnerability. */
  readonly ignored: number
  /** What was passed over. */
  readonly invalid: readonly InvalidRecord[]
}

export interface InvalidRecord {
  /** The first is 1. */
  readonly line: number
  readonly reason: string
}

export interface ScanImageRequest {
  /** The account; the caller's own unless told. */
  readonly registryId?: string | undefined
  readonly repositoryName: string
  readonly imageTag?: string | undefined
  readonly imageDigest?: string | undefined
  /** Also what was scanned already; unless told, only what no scan tells anything of. */
  readonly again?: boolean | undefined
}

export interface ScanImageResponse {
  readonly imageDigest: string
  /** 0 when everything was scanned already, or is being scanned. */
  readonly scansStarted: number
}

export interface DescribeFindingsRequest {
  /** The account; the caller's own unless told. */
  readonly registryId?: string | undefined
  readonly repositoryName: string
  readonly imageTag?: string | undefined
  readonly imageDigest?: string | undefined
  /** Findings on a page; 100 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface DescribeFindingsResponse {
  readonly imageDigest: string
  /** Of an index NOT_SCANNED, IN_PROGRESS or FAILED while that is so of any of its images. */
  readonly state: FindingsState
  /** Of all findings that are not accepted. */
  readonly severityCounts: SeverityCounts
  readonly acceptedCount: number
  /** The image, or those that the index lists. */
  readonly images: readonly ScannedImage[]
  readonly findings: readonly ImageFinding[]
  readonly nextToken?: string | undefined
}

export type FindingsState = 'NOT_SCANNED' | 'IN_PROGRESS' | 'FAILED' | 'COMPLETE'

export type FindingSeverity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFORMATIONAL' | 'UNDEFINED'

export type GateSeverity = 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW'

export type AcceptanceStatus = 'NOT_AFFECTED' | 'FIXED' | 'RISK_ACCEPTED'

export type VexJustification =
  | 'component_not_present'
  | 'vulnerable_code_not_present'
  | 'vulnerable_code_not_in_execute_path'
  | 'vulnerable_code_cannot_be_controlled_by_adversary'
  | 'inline_mitigations_already_exist'

export type UnscannedImages = 'ALLOW' | 'REFUSE'

export interface SeverityCounts {
  readonly CRITICAL?: number | undefined
  readonly HIGH?: number | undefined
  readonly MEDIUM?: number | undefined
  readonly LOW?: number | undefined
  readonly INFORMATIONAL?: number | undefined
  readonly UNDEFINED?: number | undefined
}

export interface ScannedImage {
  readonly imageDigest: string
  /** Of its latest scan, in ECR's words; absent where there was none. */
  readonly status?: string | undefined
  /** Why it failed, for one. */
  readonly description?: string | undefined
  readonly completedAt?: Date | undefined
  /** When the advisories that it went by were last updated. */
  readonly vulnerabilitySourceUpdatedAt?: Date | undefined
  /** Of its findings that are not accepted. */
  readonly severityCounts: SeverityCounts
}

export interface ImageFinding {
  readonly vulnerabilityName: string
  readonly severity: FindingSeverity
  /** What the advisory speaks of: for Debian and Alpine the source package. */
  readonly packageName: string
  readonly packageVersion: string
  /** `dpkg`, `npm` and so on. */
  readonly packageFormat: string
  /** Absent while there is no fix. */
  readonly fixedInVersion?: string | undefined
  readonly firstObservedAt: Date
  /** The images that have it: of an index, perhaps not all. */
  readonly images: readonly string[]
  /** Where it is accepted, in all of them. */
  readonly acceptance?: Acceptance | undefined
}

export interface CompareFindingsRequest {
  /** The account of both; the caller's own unless told. */
  readonly registryId?: string | undefined
  /** Where the first image is. */
  readonly repositoryName: string
  readonly imageTag?: string | undefined
  readonly imageDigest?: string | undefined
  /** Where the second is; in the same repository unless told. */
  readonly otherRepositoryName?: string | undefined
  readonly otherImageTag?: string | undefined
  readonly otherImageDigest?: string | undefined
}

export interface CompareFindingsResponse {
  readonly imageDigest: string
  readonly otherImageDigest: string
  /** Only in the second, worst first. */
  readonly added: readonly ImageFinding[]
  /** Only in the first, worst first. */
  readonly removed: readonly ImageFinding[]
  /** In both. */
  readonly keptCount: number
}

export interface FindVulnerabilityRequest {
  /** A CVE, or where there is none the advisory's own name. */
  readonly vulnerabilityName: string
  /** Rows on a page; 100 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface FindVulnerabilityResponse {
  /** How many images of the registry have it; on the first page alone. */
  readonly imageCount?: number | undefined
  readonly places: readonly VulnerableImage[]
  readonly nextToken?: string | undefined
}

export interface VulnerableImage {
  readonly repositoryName: string
  readonly imageDigest: string
  readonly imageTags: readonly string[]
  readonly severity: FindingSeverity
  readonly packageName: string
  readonly packageVersion: string
  readonly packageFormat: string
  readonly fixedInVersion?: string | undefined
  readonly acceptance?: Acceptance | undefined
}

export interface Acceptance {
  readonly vulnerabilityName: string
  /** Only there; in all repositories of the registry unless told. */
  readonly repositoryName?: string | undefined
  /** Only in this image; in all unless told. */
  readonly imageDigest?: string | undefined
  /** Only of this package, as findings name it; of any unless told. */
  readonly packageName?: string | undefined
  readonly status: AcceptanceStatus
  readonly reason: string
  readonly justification?: VexJustification | undefined
  /** Absent where it holds for good. */
  readonly expiresAt?: Date | undefined
  /** The ARN of who did it. */
  readonly acceptedBy: string
  readonly acceptedAt: Date
  readonly expired: boolean
}

export interface AcceptFindingRequest {
  readonly vulnerabilityName: string
  /** Only there; in all repositories of the registry unless told. */
  readonly repositoryName?: string | undefined
  /** Only in this image; in all unless told. */
  readonly imageDigest?: string | undefined
  /** Only of this package, as findings name it; of any unless told. */
  readonly packageName?: string | undefined
  /** RISK_ACCEPTED unless told; NOT_AFFECTED where there is a justification. */
  readonly status?: AcceptanceStatus | undefined
  /** For people. */
  readonly reason: string
  /** OpenVEX's word for why something is not affected. */
  readonly justification?: VexJustification | undefined
  /** From then on it holds no more; for good unless told. */
  readonly expiresAt?: Date | undefined
}

export interface AcceptFindingResponse {
  readonly acceptance: Acceptance
}

export interface RevokeAcceptanceRequest {
  readonly vulnerabilityName: string
  /** Only there; in all repositories of the registry unless told. */
  readonly repositoryName?: string | undefined
  /** Only in this image; in all unless told. */
  readonly imageDigest?: string | undefined
  /** Only of this package, as findings name it; of any unless told. */
  readonly packageName?: string | undefined
}

export interface RevokeAcceptanceResponse {
  /** False where there was none. */
  readonly revoked: boolean
}

export interface ListAcceptancesRequest {
  /** Acceptances on a page; 100 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListAcceptancesResponse {
  readonly acceptances: readonly Acceptance[]
  readonly nextToken?: string | undefined
}

export interface ImportVexRequest {
  /** OpenVEX, as JSON. */
  readonly document: string
  /** What it is about, whatever it calls its products. */
  readonly repositoryName?: string | undefined
  /** From then on what it says holds no more; for good unless told. */
  readonly expiresAt?: Date | undefined
}

export interface ImportVexResponse {
  readonly accepted: number
  readonly passedOver: readonly PassedOverStatement[]
}

export interface PassedOverStatement {
  /** Its place among the statements, from 1. */
  readonly statement: number
  readonly reason: string
}

export interface ExportVexRequest {
  /** Only what is accepted there, or in the whole registry; everything unless told. */
  readonly repositoryName?: string | undefined
}

export interface ExportVexResponse {
  /** OpenVEX 0.2.0, as JSON. */
  readonly document: string
}

export interface PutPullGateRequest {
  /** The account; the caller's own unless told. */
  readonly registryId?: string | undefined
  readonly repositoryName: string
  /** Images with a finding of this severity or a worse one can't be pulled, unless it is accepted. */
  readonly severity: GateSeverity
  /** Whether images can be pulled of which no scan tells anything; REFUSE unless told. */
  readonly unscannedImages?: UnscannedImages | undefined
  /** Who can pull whatever the gate stops: ARNs of principals, with `*` and `?`; a role's is for all of its sessions. Nobody unless told. */
  readonly exemptPrincipals?: readonly string[] | undefined
}

export interface PutPullGateResponse {
  /** Images with a finding of this severity or a worse one can't be pulled, unless it is accepted. */
  readonly severity: GateSeverity
  /** Whether images can be pulled of which no scan tells anything. */
  readonly unscannedImages: UnscannedImages
  /** Who can pull whatever the gate stops. */
  readonly exemptPrincipals: readonly string[]
}

export interface DescribePullGateRequest {
  /** The account; the caller's own unless told. */
  readonly registryId?: string | undefined
  readonly repositoryName: string
}

export interface DescribePullGateResponse {
  /** Absent where the repository has no gate. Images with a finding of this severity or a worse one can't be pulled, unless it is accepted. */
  readonly severity?: GateSeverity | undefined
  /** Whether images can be pulled of which no scan tells anything. */
  readonly unscannedImages?: UnscannedImages | undefined
  /** Who can pull whatever the gate stops. */
  readonly exemptPrincipals?: readonly string[] | undefined
}

export interface DeletePullGateRequest {
  /** The account; the caller's own unless told. */
  readonly registryId?: string | undefined
  readonly repositoryName: string
}

export interface DeletePullGateResponse {
  /** False where there was none. */
  readonly deleted: boolean
}

export interface UpdateAdvisoriesRequest {
  /** As OSV calls them: `Debian:12`, `npm`. */
  readonly ecosystems: readonly string[]
}

export interface UpdateAdvisoriesResponse {
  readonly requestedAt: Date
}

export interface CreateSigningKeyRequest {
  readonly profileName: string
}

export interface SigningKey {
  readonly profileName: string
  /** What signing configurations call it. */
  readonly signingProfileArn: string
  /** PEM: the signer's certificate, then its issuer's. */
  readonly certificateChain: string
  /** PEM: what who verifies puts into a trust store of notation. */
  readonly trustedCertificate: string
  readonly createdAt: Date
}

export type ListSigningKeysRequest = Readonly<Record<string, never>>

export interface ListSigningKeysResponse {
  readonly keys: readonly SigningKey[]
}

export interface DeleteSigningKeyRequest {
  readonly profileName: string
}

export type DeleteSigningKeyResponse = Readonly<Record<string, never>>

export type Database = 'sqlite' | 'postgres'

export interface ExplainLifecyclePolicyRequest {
  /** The account; the caller's own unless told. */
  readonly registryId?: string | undefined
  readonly repositoryName: string
  /** A policy to try, in Berth's language; the one in force unless given. */
  readonly lifecyclePolicyText?: string | undefined
  /** Images on a page; 100 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ExplainLifecyclePolicyResponse {
  readonly lifecyclePolicyText: string
  /** The moment for which this holds. */
  readonly evaluatedAt: Date
  readonly images: readonly ExplainedImage[]
  readonly nextToken?: string | undefined
}

export interface ExplainedImage {
  readonly imageDigest: string
  readonly imageTags: readonly string[]
  readonly imagePushedAt: Date
  /** As ECR tells it; layers that other images need stay on the disk. */
  readonly imageSizeInBytes: number
  readonly lastRecordedPullTime?: Date | undefined
  readonly imageStatus?: ImageStatus | undefined
  readonly outcome: LifecycleOutcome
  readonly reason: LifecycleReason
  /** Of the rule that decides: the first of those that select the image. */
  readonly rulePriority?: number | undefined
  /** Of the rules that would have expired or archived the image, had not one before them decided. */
  readonly heldBackRulePriorities: readonly number[]
  /** When time alone will change this. */
  readonly dueAt?: Date | undefined
}

export type ImageStatus = 'ACTIVE' | 'ARCHIVED' | 'ACTIVATING'

export type LifecycleOutcome = 'EXPIRE' | 'ARCHIVE' | 'KEEP'

export type LifecycleReason =
  | 'BEYOND_COUNT'
  | 'WITHIN_COUNT'
  | 'KEEP_RULE'
  | 'NO_RULE'
  | 'LISTED_BY_INDEX'
  | 'LISTED_BY_ARCHIVED_INDEX'
  | 'BELONGS_TO_SUBJECT'
  | 'USED_BY_TASK'

export interface PutLifecyclePolicyRequest {
  /** The account; the caller's own unless told. */
  readonly registryId?: string | undefined
  readonly repositoryName: string
  readonly lifecyclePolicyText: string
}

export interface PutLifecyclePolicyResponse {
  /** The text as it is kept: without white space. */
  readonly lifecyclePolicyText: string
}

export type GetLifecycleSettingsRequest = Readonly<Record<string, never>>

export interface PutLifecycleSettingsRequest {
  readonly imagesInUse: ImagesInUse
}

export interface LifecycleSettings {
  /** `PROTECTED`: an image that a task of ECS runs which isn't STOPPED is neither expired nor archived nor counted, and no index that lists it is. `NOT_PROTECTED` until put otherwise, as on AWS. */
  readonly imagesInUse: ImagesInUse
}

export type ImagesInUse = 'PROTECTED' | 'NOT_PROTECTED'

export interface ListMailRequest {
  /** E-mails on a page; 20 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListMailResponse {
  readonly mails: readonly Mail[]
  readonly nextToken?: string | undefined
}

export interface Mail {
  /** Grows with time. */
  readonly mailId: number
  readonly sentAt: Date
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The same with markup, where there is any. */
  readonly html?: string | undefined
  /** Of a question whether one wants a topic's messages: a page with the button that says so, whose address takes a POST too. */
  readonly confirmUrl?: string | undefined
}

export interface SendTestMailRequest {
  /** One e-mail address. */
  readonly to: string
}

export interface SendTestMailResponse {
  /** What the mail server said. */
  readonly answer: string
}

export interface ListDeliveriesRequest {
  /** Only these; all unless told. */
  readonly state?: DeliveryState | undefined
  /** Only those to this one, named as a delivery names it; to all unless told. */
  readonly receiver?: string | undefined
  /** Deliveries on a page; 100 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListDeliveriesResponse {
  readonly deliveries: readonly Delivery[]
  readonly nextToken?: string | undefined
}

export interface ReplayDeliveriesRequest {
  readonly deliveryIds: readonly number[]
}

export interface ReplayDeliveriesResponse {
  /** Those that are tried anew. */
  readonly deliveryIds: readonly number[]
  /** Those that are not there any more. */
  readonly forgottenDeliveryIds: readonly number[]
}

export interface DescribeDeliveryRequest {
  readonly deliveryId: number
}

export interface DescribeDeliveryResponse {
  readonly delivery: Delivery
  /** Of one to the target of a rule: the event, as JSON. */
  readonly event?: string | undefined
  /** What the target gets of the event, or the message to a subscriber. */
  readonly content?: string | undefined
  /** The latest twenty, in their order. */
  readonly tries: readonly DeliveryTry[]
}

export interface DeliveryTry {
  readonly triedAt: Date
  readonly answer: string
}

export interface DescribeMailRequest {
  readonly mailId: number
}

export interface DescribeMailResponse {
  readonly mail: Mail
}

export type DeliveryState = 'waiting' | 'delivered' | 'dead'

export type DeliveryKind = 'target' | 'message' | 'confirmation'

export interface Delivery {
  readonly deliveryId: number
  /** An event to the target of a rule, a message to a subscriber, or the question whether one wants to be one. */
  readonly kind: DeliveryKind
  /** The rule's ARN and the target's id, or the subscription's ARN. */
  readonly receiver: string
  readonly state: DeliveryState
  readonly attempts: number
  readonly createdAt: Date
  /** While it waits. */
  readonly nextAttemptAt?: Date | undefined
  readonly endedAt?: Date | undefined
  /** What the latest try was answered. */
  readonly answer?: string | undefined
}

export type RobotAction = 'pull' | 'push' | 'create' | 'delete'

export interface Robot {
  readonly robotName: string
  readonly robotArn: string
  readonly actions: readonly RobotAction[]
  readonly repositories: readonly string[]
  /** The ARN of its maker, whose rights it acts with. */
  readonly createdBy: string
  readonly createdAt: Date
  /** Absent where it lasts until it is revoked. */
  readonly expiresAt?: Date | undefined
  /** To the minute; absent where it never was. */
  readonly lastUsedAt?: Date | undefined
}

export interface CreateRobotRequest {
  /** No other robot of the registry has it. */
  readonly robotName: string
  /** `push` includes `pull`; `create` lets a push, or a pull through the cache, make repositories as templates say. */
  readonly actions: readonly RobotAction[]
  /** Names, or beginnings of names followed by `*`: `team-a/*`. */
  readonly repositories: readonly string[]
  readonly expiresAt?: Date | undefined
}

export interface CreateRobotResponse {
  readonly robot: Robot
  /** `robot`, for every one of them. */
  readonly userName: string
  readonly password: string
  /** What image references of its registry begin with. */
  readonly registryHost: string
}

export interface ListRobotsRequest {
  /** Robots on a page; 100 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface ListRobotsResponse {
  readonly robots: readonly Robot[]
  readonly nextToken?: string | undefined
}

export interface RevokeRobotRequest {
  readonly robotName: string
}

export type RevokeRobotResponse = Readonly<Record<string, never>>

export type AuditOutcome = 'success' | 'failed' | 'denied' | 'rejected'

export interface LookupEventsRequest {
  /** The ARN of who did it. */
  readonly principal?: string | undefined
  /** IAM's name, such as `ecr:PutImage`. */
  readonly action?: string | undefined
  readonly repositoryName?: string | undefined
  readonly outcome?: AuditOutcome | undefined
  /** What happened then or later. */
  readonly startTime?: Date | undefined
  /** What happened before that. */
  readonly endTime?: Date | undefined
  /** Events on a page; 100 unless told. */
  readonly maxResults?: number | undefined
  readonly nextToken?: string | undefined
}

export interface LookupEventsResponse {
  readonly events: readonly AuditEvent[]
  readonly nextToken?: string | undefined
}

export interface AuditEvent {
  readonly eventId: number
  readonly eventTime: Date
  /** An ARN; `anonymous`, or `-` where the credentials were no good. */
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly repositoryName?: string | undefined
  /** `failed` was allowed and ended with an error all the same; `rejected` had credentials that were no good. */
  readonly outcome: AuditOutcome
  readonly errorCode?: string | undefined
  /** Absent where nothing allows it. */
  readonly decidedBy?: DecidingStatement | undefined
  readonly sourceAddress: string
  readonly userAgent?: string | undefined
  readonly requestId: string
  /** Of a change: JSON, without secrets, long values shortened. */
  readonly parameters?: string | undefined
  /** Of a change: JSON, in the same way. */
  readonly result?: string | undefined
  /** How often the same happened until `untilTime`: pulls and denials that repeat are told together. */
  readonly count: number
  readonly untilTime?: Date | undefined
}

export interface DecidingStatement {
  /** An ARN or a name; `root` where it was the account's root, which needs none. */
  readonly policy: string
  readonly sid?: string | undefined
}

export interface ReplayDeliveryRequest {
  readonly deliveryId: number
}

export interface ReplayDeliveryResponse {
  readonly deliveryId: number
}
