import { makeAccessKey } from '../core/accounts/make-access-key.ts'
import type { Secrets } from './secrets.ts'

/** Unguessable bytes, as `crypto.randomBytes` gives them. */
export type RandomBytes = (size: number) => Uint8Array

/** A new root access key in AWS's format (20 characters that begin with AKIA; a secret of 40) and a new seal key. */
export function makeSecrets(randomBytes: RandomBytes): Secrets {
  const { id, secret } = makeAccessKey('AKIA', randomBytes)
  return { rootAccessKey: id, rootSecretKey: secret, sealKey: randomBytes(32) }
}
