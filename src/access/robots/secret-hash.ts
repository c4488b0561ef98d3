import { createHash } from 'node:crypto'

/** What is kept of a secret of 32 random bytes: nobody can guess so many, so that a plain hash is enough. Hex. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
