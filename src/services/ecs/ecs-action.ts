import type { ExecGrant } from '../../access/exec-tokens.ts'
import type { ContainerInstance } from '../../core/ecs/container-instance.ts'
import type { FindDigests } from '../../registry/ecs/digests-of-tags.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'

/** What ECS's actions work with. */
export interface EcsContext {
  readonly registry: Pick<Registry, 'metadata' | 'now' | 'newId' | 'extraEvents' | 'taskRules'>
  /** Whether somebody has looked, since Berth began, which of the tasks from before still run. */
  readonly hasLooked: () => boolean
}

/** The same, and the machine that tasks are placed on, with what its tasks' images are by now. */
export interface EcsInstanceContext extends EcsContext {
  /** Undefined where no engine answers. */
  readonly findInstance: () => Promise<ContainerInstance | undefined>
  readonly findDigests: FindDigests
}

/** The same, and who lets commands run in containers. */
export interface EcsExecContext extends EcsInstanceContext {
  /** What begins a command in a container. */
  readonly issueExecToken: (grant: ExecGrant) => string
  /** Told of every command that somebody was allowed to run. */
  readonly onExec: (
    told: Readonly<Record<'session' | 'caller' | 'task' | 'container' | 'command', string>>,
  ) => void
}

/** One operation of ECS's API, in the official client's types. */
export type EcsAction<Request, Response> = Action<EcsContext, Checked<Request>, Checked<Response>>

/** One that looks at the machine. */
export type EcsInstanceAction<Request, Response> = Action<
  EcsInstanceContext,
  Checked<Request>,
  Checked<Response>
>

/** One that lets a command run. */
export type EcsExecAction<Request, Response> = Action<EcsExecContext, Checked<Request>, Checked<Response>>
