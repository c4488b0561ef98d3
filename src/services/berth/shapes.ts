// Made from src/protocols/aws/models/berth.json: npx vitest run tests/berth-api --update

/** Every operation under `/berth/v1/` by its name. */
export interface BerthOperations {
  readonly DescribeServer: { readonly input: DescribeServerRequest; readonly output: DescribeServerResponse }
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

export type Database = 'sqlite' | 'postgres'
