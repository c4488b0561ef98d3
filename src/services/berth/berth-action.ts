import type { Action } from '../service.ts'
import type { BerthContext } from './berth-context.ts'
import type { BerthOperations } from './shapes.ts'

/** One of Berth's own operations, in the types made from its model. */
export type BerthAction<Name extends keyof BerthOperations> = Action<
  BerthContext,
  BerthOperations[Name]['input'],
  BerthOperations[Name]['output']
>
