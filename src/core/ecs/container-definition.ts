/** A name with a value; ECS's model requires neither. */
export interface KeyValue {
  readonly name?: string
  readonly value?: string
}

export interface PortMapping {
  readonly containerPort?: number
  /** 0, or none: the engine chooses. */
  readonly hostPort?: number
  readonly protocol?: 'tcp' | 'udp'
  readonly name?: string
  readonly appProtocol?: 'http' | 'http2' | 'grpc'
  readonly containerPortRange?: string
}

export interface MountPoint {
  readonly sourceVolume?: string
  readonly containerPath?: string
  readonly readOnly?: boolean
}

export interface Secret {
  readonly name: string
  readonly valueFrom: string
}

export interface ContainerDependency {
  readonly containerName: string
  readonly condition: 'START' | 'COMPLETE' | 'SUCCESS' | 'HEALTHY'
}

/** Seconds, and how often. */
export interface HealthCheck {
  readonly command: readonly string[]
  readonly interval?: number
  readonly timeout?: number
  readonly retries?: number
  readonly startPeriod?: number
}

export interface LogConfiguration {
  readonly logDriver:
    | 'json-file'
    | 'syslog'
    | 'journald'
    | 'gelf'
    | 'fluentd'
    | 'awslogs'
    | 'splunk'
    | 'awsfirelens'
  readonly options?: Readonly<Record<string, string>>
  readonly secretOptions?: readonly Secret[]
}

export interface LinuxParameters {
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] }
  readonly devices?: readonly {
    readonly hostPath: string
    readonly containerPath?: string
    readonly permissions?: readonly ('read' | 'write' | 'mknod')[]
  }[]
  readonly initProcessEnabled?: boolean
  /** MiB. */
  readonly sharedMemorySize?: number
  readonly tmpfs?: readonly {
    readonly containerPath: string
    /** MiB. */
    readonly size: number
    readonly mountOptions?: readonly string[]
  }[]
  /** MiB. */
  readonly maxSwap?: number
  readonly swappiness?: number
}

type UlimitName =
  | 'core'
  | 'cpu'
  | 'data'
  | 'fsize'
  | 'locks'
  | 'memlock'
  | 'msgqueue'
  | 'nice'
  | 'nofile'
  | 'nproc'
  | 'rss'
  | 'rtprio'
  | 'rttime'
  | 'sigpending'
  | 'stack'

/** One container of a task, as it was registered. @see Amazon ECS API reference, ContainerDefinition */
export interface ContainerDefinition {
  readonly name?: string
  readonly image?: string
  readonly repositoryCredentials?: { readonly credentialsParameter: string }
  /** 1024 are one virtual CPU. */
  readonly cpu?: number
  /** MiB that it is killed above. */
  readonly memory?: number
  /** MiB. */
  readonly memoryReservation?: number
  readonly links?: readonly string[]
  readonly portMappings?: readonly PortMapping[]
  readonly essential?: boolean
  readonly restartPolicy?: {
    readonly enabled: boolean
    readonly ignoredExitCodes?: readonly number[]
    readonly restartAttemptPeriod?: number
  }
  readonly entryPoint?: readonly string[]
  readonly command?: readonly string[]
  readonly environment?: readonly KeyValue[]
  readonly environmentFiles?: readonly { readonly value: string; readonly type: 's3' }[]
  readonly mountPoints?: readonly MountPoint[]
  readonly volumesFrom?: readonly { readonly sourceContainer?: string; readonly readOnly?: boolean }[]
  readonly linuxParameters?: LinuxParameters
  readonly secrets?: readonly Secret[]
  readonly dependsOn?: readonly ContainerDependency[]
  /** Seconds. */
  readonly startTimeout?: number
  /** Seconds. */
  readonly stopTimeout?: number
  readonly versionConsistency?: 'enabled' | 'disabled'
  readonly hostname?: string
  readonly user?: string
  readonly workingDirectory?: string
  readonly disableNetworking?: boolean
  readonly privileged?: boolean
  readonly readonlyRootFilesystem?: boolean
  readonly dnsServers?: readonly string[]
  readonly dnsSearchDomains?: readonly string[]
  readonly extraHosts?: readonly { readonly hostname: string; readonly ipAddress: string }[]
  readonly dockerSecurityOptions?: readonly string[]
  readonly interactive?: boolean
  readonly pseudoTerminal?: boolean
  readonly dockerLabels?: Readonly<Record<string, string>>
  readonly ulimits?: readonly {
    readonly name: UlimitName
    readonly softLimit: number
    readonly hardLimit: number
  }[]
  readonly logConfiguration?: LogConfiguration
  readonly healthCheck?: HealthCheck
  readonly systemControls?: readonly { readonly namespace?: string; readonly value?: string }[]
  readonly resourceRequirements?: readonly {
    readonly value?: string
    readonly type: 'GPU' | 'InferenceAccelerator' | 'NeuronDevice'
  }[]
  readonly firelensConfiguration?: {
    readonly type: 'fluentd' | 'fluentbit'
    readonly options?: Readonly<Record<string, string>>
  }
  readonly credentialSpecs?: readonly string[]
}
