// Made from src/protocols/aws/models/berth.json: npx vitest run tests/berth-api --update

/** Every operation under `/berth/v1/` by its name. */
export interface BerthOperations {
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
  readonly RestoreImage: {
    readonly input: RestoreImageRequest
    readonly output: RestoreImageResponse
  }
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

export type ChangeReason = 'push' | 'put-image' | 'delete' | 'batch-delete-image' | 'lifecycle' | 'restore'

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

export type Database = 'sqlite' | 'postgres'
