/** Seconds since 1970, as Berth's own operations tell the time. */
type Seconds = number

interface Page {
  readonly maxResults?: number
  readonly nextToken?: string
}

interface Paged {
  readonly nextToken?: string
}

interface ImageOf {
  readonly repositoryName: string
  readonly imageDigest: string
}

/** What is said of this Berth. */
export interface Server {
  readonly version: string
  readonly accountId: string
  readonly region: string
  readonly registryHost: string
  readonly repositoryCount: number
  readonly imageCount: number
}

export type SeverityCounts = Readonly<Record<string, number>>

export interface Finding {
  readonly vulnerabilityName: string
  readonly severity: string
  readonly packageName: string
  readonly packageVersion: string
  readonly packageFormat: string
  readonly fixedInVersion?: string
  readonly firstObservedAt: Seconds
  readonly images: readonly string[]
  readonly acceptance?: { readonly status: string }
}

export interface Findings extends Paged {
  readonly imageDigest: string
  readonly state: 'NOT_SCANNED' | 'IN_PROGRESS' | 'FAILED' | 'COMPLETE'
  readonly severityCounts: SeverityCounts
  readonly acceptedCount: number
  readonly images: readonly {
    readonly imageDigest: string
    readonly status?: string
    readonly description?: string
    readonly severityCounts: SeverityCounts
  }[]
  readonly findings: readonly Finding[]
}

export interface TagChange {
  readonly changedAt: Seconds
  readonly imageTag?: string
  readonly fromDigest?: string
  readonly toDigest?: string
  readonly actor: string
  readonly reason: string
}

export interface DeletedImage {
  readonly imageDigest: string
  readonly imageTags: readonly string[]
  readonly imageSizeInBytes: number
  readonly deletedAt: Seconds
  readonly restorableUntil: Seconds
  readonly actor: string
  readonly reason: string
}

export interface ExplainedImage {
  readonly imageDigest: string
  readonly imageTags: readonly string[]
  readonly imagePushedAt: Seconds
  readonly imageSizeInBytes: number
  readonly outcome: 'EXPIRE' | 'ARCHIVE' | 'KEEP'
  readonly reason: string
  readonly rulePriority?: number
  readonly dueAt?: Seconds
}

export interface Mail {
  readonly mailId: number
  readonly sentAt: Seconds
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html?: string
}

export interface Delivery {
  readonly deliveryId: number
  readonly kind: string
  readonly receiver: string
  readonly state: 'waiting' | 'delivered' | 'dead'
  readonly attempts: number
  readonly createdAt: Seconds
  readonly nextAttemptAt?: Seconds
  readonly endedAt?: Seconds
  readonly answer?: string
}

export interface AuditEvent {
  readonly eventId: number
  readonly eventTime: Seconds
  readonly principal: string
  readonly action: string
  readonly resource: string
  readonly outcome: 'success' | 'failed' | 'denied' | 'rejected'
  readonly errorCode?: string
  readonly sourceAddress: string
  readonly userAgent?: string
  readonly requestId: string
  readonly count: number
}

/** A tag whose pushes redeploy a service. */
export interface Redeployment {
  readonly repositoryName: string
  readonly imageTag: string
  readonly cluster: string
  readonly serviceName: string
}

/** Those of Berth's own operations that the console uses, with what it uses of them (docs/berth-api.md has all). */
export interface BerthOperations {
  readonly DescribeServer: { readonly input: object; readonly output: Server }
  readonly DescribeFindings: { readonly input: ImageOf & Page; readonly output: Findings }
  readonly ScanImage: {
    readonly input: ImageOf & { readonly again?: boolean }
    readonly output: { readonly scansStarted: number }
  }
  readonly ListTagHistory: {
    readonly input: Page & { readonly repositoryName: string; readonly imageTag?: string }
    readonly output: Paged & { readonly changes: readonly TagChange[] }
  }
  readonly ListDeletedImages: {
    readonly input: Page & { readonly repositoryName: string }
    readonly output: Paged & { readonly images: readonly DeletedImage[] }
  }
  readonly RestoreImage: {
    readonly input: ImageOf & { readonly imageTag?: string; readonly restoreTags?: boolean }
    readonly output: { readonly restoredDigests: readonly string[] }
  }
  readonly ExplainLifecyclePolicy: {
    readonly input: Page & { readonly repositoryName: string; readonly lifecyclePolicyText?: string }
    readonly output: Paged & { readonly images: readonly ExplainedImage[] }
  }
  readonly PutLifecyclePolicy: {
    readonly input: { readonly repositoryName: string; readonly lifecyclePolicyText: string }
    readonly output: { readonly lifecyclePolicyText: string }
  }
  readonly ListMail: { readonly input: Page; readonly output: Paged & { readonly mails: readonly Mail[] } }
  readonly ListDeliveries: {
    readonly input: Page
    readonly output: Paged & { readonly deliveries: readonly Delivery[] }
  }
  readonly ReplayDelivery: { readonly input: { readonly deliveryId: number }; readonly output: object }
  readonly PutRedeployment: { readonly input: Redeployment; readonly output: object }
  readonly DeleteRedeployment: { readonly input: Redeployment; readonly output: object }
  readonly ListRedeployments: {
    readonly input: Partial<Pick<Redeployment, 'cluster' | 'serviceName'>>
    readonly output: {
      readonly redeployments: readonly (Redeployment & {
        readonly ruleName: string
        readonly enabled: boolean
      })[]
    }
  }
  readonly LookupEvents: {
    readonly input: Page & { readonly outcome?: string }
    readonly output: Paged & { readonly events: readonly AuditEvent[] }
  }
}
