import type { Permission } from '../access/permission.ts'
import type { Asker, Principal } from '../access/principal.ts'
import type { Surroundings } from '../access/surroundings.ts'
import type { RegistryKey } from '../core/names/registry-key.ts'

/** What an action knows about the request it answers, besides its input. */
export interface Call {
  readonly caller: Principal
  /** The caller's account, and the region the request was signed for. */
  readonly registry: RegistryKey
  readonly surroundings: Surroundings
  readonly requestId: string
  /** Scheme and host (with port) the client reached this server by, without a trailing slash. */
  readonly endpoint: string
  readonly pages: Pages
}

/**
 * Opaque page tokens, bound to the operation, the caller's registry and every other input of the request: a token used with
 * anything else is refused with InvalidParameterError at `nextToken`.
 */
export interface Pages {
  /** The position in the request's `nextToken`, or undefined on the first page. */
  readonly position: unknown
  /** The token for the page that starts after `position` (any JSON value). */
  next(position: unknown): string
}

/** One operation of a service model. Input has been checked against the model before any of this runs. */
export interface Action<Context, Input, Output> {
  readonly operation: string
  /** Everything the call needs to be allowed to do. May throw the domain's parse errors. */
  permissions(
    input: Input,
    call: Call,
    context: Context,
  ): readonly Permission[] | Promise<readonly Permission[]>
  run(input: Input, call: Call, context: Context): Promise<Output>
}

/**
 * One operation that is called without a signature: what its input says proves who calls. A signature that is there all the same counts
 * for nothing.
 */
export interface UnsignedAction<Context, Input, Output, Who extends Asker> {
  readonly operation: string
  /** Who calls. Throws the domain's errors for an input that proves nothing. */
  identify(input: Input, context: Context): Promise<Who>
  /** Everything the call needs to be allowed to do. */
  permissions(
    input: Input,
    who: Who,
    context: Context,
  ): readonly Permission[] | Promise<readonly Permission[]>
  run(input: Input, who: Who, context: Context): Promise<Output>
}

/** A service as the AWS front end sees it: a model's name, its actions, and how its errors are called. */
export interface Service {
  /** The model's signing name: `ecr`, `sts`. */
  readonly name: string
  readonly actions: ReadonlyMap<string, BoundAction>
  /** Those that are called without a signature. */
  readonly unsigned?: ReadonlyMap<string, BoundUnsignedAction>
  /** From a domain error's class name to the model's exception shape name, e.g. RepositoryNotFoundError → RepositoryNotFoundException. */
  readonly faults: Readonly<Record<string, string>>
  /** The same for exceptions that the service answers though its model has no shape for them: to their code; their status is 400. */
  readonly plainFaults?: Readonly<Record<string, string>>
  /** Extra members of an exception beside its message (ECR's InvalidLayerPartException), if it has any. */
  faultMembers?(error: Error, input: unknown): Readonly<Record<string, unknown>>
}

/** A service by its name, whose code is loaded when it is first needed. */
export interface ServiceEntry {
  readonly name: string
  readonly load: () => Promise<Service>
}

/** An action with its context already handed in; the model guarantees the shape of `input`. */
export interface BoundAction {
  permissions(input: unknown, call: Call): Promise<readonly Permission[]>
  run(input: unknown, call: Call): Promise<unknown>
}

/** An action that is called without a signature, with its context already handed in. */
export interface BoundUnsignedAction {
  /** Finds out who calls. */
  open(input: unknown): Promise<UnsignedCall>
}

/** One call of it, of somebody who is known now. */
export interface UnsignedCall {
  readonly who: Asker
  permissions(): Promise<readonly Permission[]>
  run(): Promise<unknown>
}
