import type { Checked } from '../checked.ts'
import type { Action } from '../service.ts'
import type { EcrContext } from './ecr-context.ts'

/** One operation of ECR's JSON API, in the official client's types. */
export type EcrAction<Request, Response> = Action<EcrContext, Checked<Request>, Response>
