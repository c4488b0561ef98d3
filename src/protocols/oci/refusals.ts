import type { Refusal } from './refusal.ts'

/** @see Amazon ECR user guide, "Troubleshooting Amazon ECR error messages" */
export const expiredToken: Refusal = {
  status: 403,
  code: 'DENIED',
  message: 'Your authorization token has expired. Reauthenticate and try again.',
}

/** A path that answers other methods. */
export function noSuchMethod(method: string, methods: Iterable<string>): Refusal {
  return {
    status: 405,
    code: 'UNSUPPORTED',
    message: `The method ${method} is not supported here`,
    headers: { allow: [...methods].join(', ') },
  }
}
