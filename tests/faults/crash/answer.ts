import { ECRServiceException } from '@aws-sdk/client-ecr'
import { UploadInterruptedError } from '../../support/push-image.ts'
import { UnexpectedAnswerError } from '../../support/registry-client.ts'

/** Whether the server said that the fault is its own. */
export function isServersFault(error: unknown): boolean {
  return (statusOf(error) ?? 0) >= 500
}

/** Whether it said so in the way that its door has for a full disk; the API has but one error for all that fails inside. */
export function isStorageFull(error: unknown): boolean {
  return statusOf(error) === (isOfApi(error) ? 500 : 507)
}

const codesOfBrokenConnections = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']

/** Whether the connection broke before there was an answer. */
export function isBrokenConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const isBroken = 'code' in error && codesOfBrokenConnections.includes(String(error.code))
  return isBroken || isBrokenConnection(error.cause)
}

/** Whether nothing listened any more when the client wanted to connect. */
export function foundNobody(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ('code' in error && error.code === 'ECONNREFUSED') || foundNobody(error.cause)
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof UploadInterruptedError) return statusOf(error.cause)
  if (error instanceof UnexpectedAnswerError) return error.status
  return isOfApi(error) ? error.$metadata.httpStatusCode : undefined
}

function isOfApi(error: unknown): error is ECRServiceException {
  return error instanceof ECRServiceException
}
