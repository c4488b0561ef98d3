import type { ContainerInstance } from '../../core/ecs/container-instance.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'

/** What ECS's actions work with. */
export interface EcsContext {
  readonly registry: Pick<Registry, 'metadata' | 'now' | 'newId' | 'extraEvents' | 'taskRules'>
}

/** The same, and the machine that tasks are placed on. */
export interface EcsInstanceContext extends EcsContext {
  /** Undefined where no engine answers. */
  readonly findInstance: () => Promise<ContainerInstance | undefined>
}

/** One operation of ECS's API, in the official client's types. */
export type EcsAction<Request, Response> = Action<EcsContext, Checked<Request>, Checked<Response>>

/** One that looks at the machine. */
export type EcsInstanceAction<Request, Response> = Action<
  EcsInstanceContext,
  Checked<Request>,
  Checked<Response>
>
