import type {
  FamilyKey,
  TaskDefinition,
  TaskDefinitionKey,
  TaskDefinitionStatus,
} from '../../core/ecs/task-definition.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { NamePage } from './rules.ts'

/** A page of revisions, by family in byte order and then by number. */
export interface TaskDefinitionPage {
  /** Of this family alone. */
  readonly family?: string | undefined
  readonly status: TaskDefinitionStatus
  readonly order: 'asc' | 'desc'
  readonly after?: { readonly family: string; readonly revision: number } | undefined
  readonly limit: number
}

/** Families that have an active revision, those that have none, or all of them. */
export type FamilyStatus = TaskDefinitionStatus | 'ALL'

export interface TaskDefinitionReader {
  find(key: TaskDefinitionKey): Promise<TaskDefinition | undefined>
  /** The active revision with the highest number. */
  latest(family: FamilyKey): Promise<TaskDefinition | undefined>
  list(registry: RegistryKey, page: TaskDefinitionPage): Promise<TaskDefinitionKey[]>
  /** Names of families that have a revision, in byte order. */
  families(registry: RegistryKey, page: NamePage & { readonly status: FamilyStatus }): Promise<string[]>
}

export interface TaskDefinitionWriter {
  /** The next number of a family, which nobody gets again; others that ask wait for this transaction. */
  nextRevision(family: FamilyKey): Promise<number>
  /** Adds a revision or takes its place. */
  put(definition: TaskDefinition): Promise<void>
  delete(key: TaskDefinitionKey): Promise<void>
  /** Those of every account, and the numbers that their families have used. */
  deleteAll(): Promise<void>
}
