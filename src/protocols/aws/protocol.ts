import type { HttpResponse } from '../http/exchange.ts'
import type { AwsRequest } from './aws-request.ts'
import type { Fault, FaultName } from './fault.ts'
import type { ModelledException } from './model/service-model.ts'
import type { RefusalReason } from './refusal.ts'
import type { OfferedService } from './served-service.ts'
import type { Target } from './target.ts'

/** One of AWS's wire protocols. */
export interface Protocol {
  /** How the front end's own refusals are called here. */
  readonly refusals: Readonly<Record<RefusalReason, FaultName>>
  /** How an error that no table knows is called here. */
  readonly internal: FaultName
  /** What a modelled error is called here. */
  codeOf(exception: ModelledException): string
  /**
   * Finds what a request is for.
   *
   * @throws RefusalError unknown-operation, unknown-path, missing-action, and what reading a form can meet
   */
  dispatch(request: AwsRequest, services: readonly OfferedService[]): Promise<Target>
  writeOutput(request: AwsRequest, target: Target, output: unknown): HttpResponse
  /** @param target undefined when the request failed before it was known what it is for */
  writeFault(request: AwsRequest, target: Target | undefined, fault: Fault): HttpResponse
}
