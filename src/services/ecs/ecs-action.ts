import type { Registry } from '../../registry/registry.ts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'

/** What ECS's actions work with. */
export interface EcsContext {
  readonly registry: Pick<Registry, 'metadata' | 'now' | 'newId' | 'extraEvents' | 'taskRules'>
}

/** One operation of ECS's API, in the official client's types. */
export type EcsAction<Request, Response> = Action<EcsContext, Checked<Request>, Checked<Response>>
