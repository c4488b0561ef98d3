import type { FaultName } from '../fault.ts'
import type { RefusalReason } from '../refusal.ts'

/** What Query services call the front end's refusals, with true HTTP statuses. */
export const queryRefusals: Readonly<Record<RefusalReason, FaultName>> = {
  'missing-authentication': {
    code: 'MissingAuthenticationToken',
    status: 403,
    message: 'Request is missing Authentication Token',
  },
  'incomplete-signature': { code: 'IncompleteSignature', status: 400 },
  'signature-mismatch': { code: 'SignatureDoesNotMatch', status: 403 },
  'unknown-key': { code: 'InvalidClientTokenId', status: 403 },
  'expired-session': { code: 'ExpiredToken', status: 403 },
  'unknown-operation': { code: 'InvalidAction', status: 400 },
  'unknown-path': { code: 'InvalidAction', status: 404 },
  'missing-action': { code: 'MissingAction', status: 400 },
  'malformed-input': { code: 'MalformedInput', status: 400 },
  'invalid-input': { code: 'ValidationError', status: 400 },
  'access-denied': { code: 'AccessDenied', status: 403 },
  'body-too-large': { code: 'RequestEntityTooLarge', status: 413 },
  'body-cut-short': { code: 'RequestAborted', status: 400 },
  'rate-exceeded': { code: 'Throttling', status: 400 },
}
