import type { FaultName } from '../fault.ts'
import type { RefusalReason } from '../refusal.ts'

/** What JSON services call the front end's refusals. Nearly all are 400, also where nobody is allowed or nothing is found. */
export const jsonRefusals: Readonly<Record<RefusalReason, FaultName>> = {
  'missing-authentication': { code: 'MissingAuthenticationTokenException', status: 400 },
  'incomplete-signature': { code: 'IncompleteSignatureException', status: 400 },
  'signature-mismatch': { code: 'InvalidSignatureException', status: 400 },
  'unknown-key': { code: 'UnrecognizedClientException', status: 400 },
  'expired-session': { code: 'ExpiredTokenException', status: 400 },
  'unknown-operation': { code: 'UnknownOperationException', status: 400 },
  'unknown-path': { code: 'UnknownOperationException', status: 404 },
  'missing-action': { code: 'UnknownOperationException', status: 404 },
  'malformed-input': { code: 'SerializationException', status: 400 },
  'invalid-input': { code: 'ValidationException', status: 400 },
  'access-denied': { code: 'AccessDeniedException', status: 400 },
  'body-too-large': { code: 'RequestEntityTooLargeException', status: 413 },
  'body-cut-short': { code: 'RequestAbortedException', status: 400 },
  'rate-exceeded': { code: 'ThrottlingException', status: 400 },
}
