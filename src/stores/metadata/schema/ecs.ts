import type { Cluster } from '../../../core/ecs/cluster.ts'
import type { InstanceState } from '../../../core/ecs/container-instance.ts'
import type { PulledReference } from '../../../core/ecs/images/pulled-reference.ts'
import type { Service } from '../../../core/ecs/scheduling/service.ts'
import type { ServiceDeployment } from '../../../core/ecs/scheduling/service-deployment.ts'
import type { Task } from '../../../core/ecs/task.ts'
import type { TaskDefinitionStatus } from '../../../core/ecs/task-definition.ts'
import type { AccountId } from '../../../core/names/account-id.ts'
import type { Region } from '../../../core/names/region.ts'
import type { EpochMillis } from './columns.ts'

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

export interface EngineClaimTable {
  /** Counted from 0 on. */
  readonly number: number
  readonly mark: string | null
  readonly token: string
  readonly place: string | null
  readonly run: string | null
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

export interface PulledReferenceTable {
  /** The id of the container instance that it is. */
  readonly engine: string
  readonly reference: string
  readonly image_id: string | null
  readonly state: PulledReference['state']
  readonly used_at: EpochMillis
}
