import type { Authoriser } from '../access/authoriser.ts'
import type { RegistryTokens } from '../access/registry-tokens.ts'
import type { ContainerInstance } from '../core/ecs/container-instance.ts'
import type { S3Object } from '../core/ecs/environment-file.ts'
import type { OwnNames } from '../core/ecs/image-source.ts'
import type { SecretSource } from '../core/ecs/secret-source.ts'
import type { Task, TaskKey } from '../core/ecs/task.ts'
import type { RegistryKey } from '../core/names/registry-key.ts'
import type { FindDigests } from '../registry/ecs/digests-of-tags.ts'
import type { Registry } from '../registry/registry.ts'
import type { Engine, Extras } from './engine.ts'
import type { Errands } from './errands.ts'
import type { LogShippers } from './log-shippers.ts'

/** What tasks are kept going with. */
export interface TaskWork {
  readonly registry: Registry
  readonly engine: Engine
  readonly errands: Errands
  readonly logs: Pick<LogShippers, 'ship' | 'begin'>
  readonly authoriser: Pick<Authoriser, 'decide'>
  readonly tokens: Pick<RegistryTokens, 'issue'>
  readonly names: Omit<OwnNames, 'registry'>
  /** The host by which the engine finds a registry of this Berth. */
  readonly hostOf: (registry: RegistryKey) => string
  /** How long a task of a service must run to count as healthy, if it has no health check, in milliseconds. */
  readonly settleTime: number
  /** How long an image stays on the engine that was pulled for tasks and that nothing needs, in milliseconds; 0: for good. */
  readonly imageExpiry: number
  /** The engine as a machine; undefined where none answers. */
  readonly findInstance: () => Promise<ContainerInstance | undefined>
  /** What tags of this Berth's images point at now. */
  readonly findDigests: FindDigests
  /** The value of a secret or a parameter that the operator keeps, by its ARN or name. */
  readonly findSecret: FindSecret
  /** The text of an environment file that the operator keeps. */
  readonly findEnvironmentFile: (object: S3Object) => Promise<string | undefined>
  /** What tasks reach this Berth by. */
  readonly endpoint: TaskEndpoint
  /** Whether changes on the engine are told; without that it is looked at more often. */
  readonly isWatching: () => boolean
  /** Since when the engine has surely run without a break, by its own clock in milliseconds since 1970; unknown while nobody can tell. */
  readonly engineUpSince: () => number | undefined
  /** Has the task looked at, in so many milliseconds or at once. */
  readonly ring: (key: TaskKey, inMs?: number) => void
  readonly onError: (error: unknown) => void
}

/** Undefined where nothing is kept under that name. */
export type FindSecret = (wanted: SecretSource) => Promise<string | undefined>

/** How tasks reach this Berth for credentials, facts about themselves, and AWS's APIs. */
export interface TaskEndpoint {
  /** Sees that it can be reached. @throws MachineError, EngineUnreachableError */
  open(): Promise<void>
  /** Why it still can't be reached, if it couldn't the last time. @throws EngineUnreachableError */
  obstacle(): Promise<string | undefined>
  /** What a container of a task needs to know of it. */
  extrasFor(task: Task, container: string): Extras
}
