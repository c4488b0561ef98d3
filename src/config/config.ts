import type { ExtraEvent } from '../core/events/extra-events.ts'
import type { AccountId } from '../core/names/account-id.ts'
import type { Region } from '../core/names/region.ts'
import type { AccessLogFormat } from './access-log-format.ts'
import type { DockerVariables } from './docker-variables.ts'
import type { LogLevel } from './log-level.ts'
import type { PeerSettings } from './peers.ts'

/** Everything a running Berth can be told, checked and complete. settings.ts explains each to its user. */
export interface Config {
  readonly host: string
  /** For plain HTTP. 0 lets the system choose a free port. */
  readonly port: number
  /** Absolute paths of PEM files; both or neither. */
  readonly tlsCert?: string | undefined
  readonly tlsKey?: string | undefined
  /** HTTPS with certificates of the local CA. */
  readonly tlsLocal: boolean
  /** For HTTPS; undefined means 443. */
  readonly tlsPort?: number | undefined
  readonly allowPlainHttp: boolean
  /** An absolute path. */
  readonly dataDir: string
  readonly accountId: AccountId
  readonly region: Region
  /** Given by the operator; otherwise made at random on the first start and kept in the data folder. */
  readonly rootAccessKey?: string | undefined
  readonly rootSecretKey?: string | undefined
  /** `sqlite` (a file in the data folder) or a `postgres://` URL. */
  readonly database: string
  /** Host and port in repository URIs and proxyEndpoint; undefined means `localhost` and the port. */
  readonly registryHost?: string | undefined
  /** With it, repository URIs are `<account>.dkr.ecr.<region>.<domain>[:port]`, and such Host headers choose the registry. */
  readonly registryDomain?: string | undefined
  /** Whether `/v2/` lets callers without credentials have what policies give to everyone. */
  readonly anonymousPull: boolean
  /** Milliseconds. */
  readonly taskSettleTime: number
  /** Milliseconds that an image stays on the engine that tasks don't need any more; 0: for good. */
  readonly taskImageExpiry: number
  /** Of the Docker Engine that runs tasks of ECS; undefined: where `docker` says, or at one of the usual places. */
  readonly dockerSocket?: string | undefined
  readonly docker?: DockerVariables | undefined
  /** For parseTaskRights. */
  readonly tasksMay: string
  /** For parseTaskFolders. */
  readonly taskFolders: string
  /** `off`, `gateway`, or the URL by which tasks reach this Berth. */
  readonly taskEndpoint: string
  /** A JSON object or the absolute path of a file that holds one. */
  readonly taskSecrets?: string | undefined
  /** The absolute path of a folder with a folder for each bucket. */
  readonly taskEnvironmentFiles?: string | undefined
  /** Whether `/v2/` takes manifests that list content which isn't there. */
  readonly sparseManifests: boolean
  /** Milliseconds that a blob is kept which nothing needs. */
  readonly garbageGrace: number
  /** Milliseconds that an upload is kept which nobody goes on with. */
  readonly uploadExpiry: number
  /** Where advisories are downloaded from; it has a folder for each ecosystem. */
  readonly advisoryMirror: string
  readonly scanner: 'builtin' | 'trivy'
  /** Milliseconds between two scans of an image that someone asks for; 0 for none. */
  readonly scanCooldown: number
  /** What is told beside what ECR tells. */
  readonly extraEvents: readonly ExtraEvent[]
  readonly dev: boolean
  readonly logLevel: LogLevel
  readonly accessLog: AccessLogFormat
  readonly auditLog: 'off' | 'json'
  /** Whether the audit trail counts what is read. */
  readonly auditReads: 'off' | 'summary'
  /** Milliseconds that the audit trail is kept. */
  readonly auditRetention: number
  /** What readers of the metrics must know; undefined: they must be on this machine. */
  readonly metricsToken?: string | undefined
  /** Networks separated by commas, for parseNetworks. */
  readonly trustedProxies: string
  /** Other Berths that hold registries; the first that holds one counts. */
  readonly peers: readonly PeerSettings[]
  /** An absolute path of a file with more of them. */
  readonly peersFile?: string | undefined
  /** Networks separated by commas, for parseNetworks: reachable beside the public internet. */
  readonly outboundNetworks: string
  /** `smtp://` or `smtps://`, perhaps with user and password; undefined: e-mails stay in the built-in mailbox. */
  readonly smtpUrl?: string | undefined
  /** The address that e-mails come from. */
  readonly mailFrom: string
  /** For parseUpstreamRegistries. */
  readonly upstreamRegistries: string
  /** A JSON object or the absolute path of a file that holds one. */
  readonly upstreamSecrets?: string | undefined
  /** Seconds. */
  readonly headerTimeout: number
  /** Seconds. */
  readonly idleTimeout: number
  readonly maxConnections: number
  /** Unfinished uploads of one principal. */
  readonly maxUploads: number
  /** MiB. */
  readonly maxLayerSize: number
  readonly maxLayerParts: number
  /** Of one account in one region. */
  readonly maxRepositories: number
  readonly maxImagesPerRepository: number
  readonly maxTagsPerImage: number
  /** Of one account in one region. */
  readonly maxPullTimeExclusions: number
  /** MiB that requests held whole may take together. */
  readonly requestMemory: number
  /** Seconds. */
  readonly stopDelay: number
}
