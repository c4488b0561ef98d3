import { DomainError, RateExceededError } from '../../core/errors.ts'
import { AccessDeniedError } from '../../core/policies/errors.ts'
import type { Fault } from './fault.ts'
import { writeJson } from './json/write-json.ts'
import type { ModelledException } from './model/service-model.ts'
import type { Protocol } from './protocol.ts'
import { RefusalError } from './refusal.ts'
import type { ServedService } from './served-service.ts'

/** An error on its way out, and how far its request had come. */
export interface Failure {
  readonly error: unknown
  readonly protocol: Protocol
  readonly served: ServedService | undefined
  readonly input: unknown
}

/** Errors that every service meets; a service's own table comes first. */
const commonFaults: ReadonlyMap<string, string> = new Map([
  ['InvalidParameterError', 'InvalidParameterException'],
  ['InvalidRequestError', 'InvalidParameterException'],
])

/** How a client sees an error, or undefined for one that no table knows: a mistake of this server. */
export function faultOf({ error, protocol, served, input }: Failure): Fault | undefined {
  if (error instanceof RefusalError) return { message: error.message, ...protocol.refusals[error.reason] }
  if (!(error instanceof DomainError)) return undefined
  const exception = served && findException(error, served)
  if (exception) {
    const members = served.service.faultMembers?.(error, input)
    return { ...modelledFault(error, exception, members), code: protocol.codeOf(exception) }
  }
  const code = served?.service.plainFaults?.[error.name]
  if (code !== undefined) return { code, status: 400, message: error.message }
  if (error instanceof RateExceededError) {
    return { message: error.message, ...protocol.refusals['rate-exceeded'] }
  }
  if (error instanceof AccessDeniedError) {
    return { message: error.message, ...protocol.refusals['access-denied'] }
  }
  return undefined
}

function findException(
  { name }: DomainError,
  { model, service }: ServedService,
): ModelledException | undefined {
  const shapeName = service.faults[name] ?? commonFaults.get(name)
  return shapeName === undefined ? undefined : model.exceptions.get(shapeName)
}

function modelledFault({ message }: DomainError, exception: ModelledException, more: object = {}) {
  const { queryCode, status, shape } = exception
  return { queryCode, status, message, members: writeJson(shape, { message, ...more }) }
}
