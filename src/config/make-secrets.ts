import type { Secrets } from './secrets.ts'

/** Unguessable bytes, as `crypto.randomBytes` gives them. */
export type RandomBytes = (size: number) => Uint8Array

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** A new root access key in AWS's format (20 characters that begin with AKIA; a secret of 40) and a new seal key. */
export function makeSecrets(randomBytes: RandomBytes): Secrets {
  return {
    rootAccessKey: `AKIA${Array.from(randomBytes(16), (byte) => base32[byte % base32.length]).join('')}`,
    rootSecretKey: Buffer.from(randomBytes(30)).toString('base64'),
    sealKey: randomBytes(32),
  }
}
