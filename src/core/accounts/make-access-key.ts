/** An access key in AWS's format. */
export interface AccessKeyPair {
  /** 20 characters. */
  readonly id: string
  /** 40 characters. */
  readonly secret: string
}

const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * A new access key.
 *
 * @param prefix `AKIA` for one that lasts, `ASIA` for one that ends
 * @param randomBytes unguessable, as `crypto.randomBytes` gives them
 */
export function makeAccessKey(
  prefix: 'AKIA' | 'ASIA',
  randomBytes: (size: number) => Uint8Array,
): AccessKeyPair {
  const id = `${prefix}${Array.from(randomBytes(16), (byte) => base32[byte % base32.length]).join('')}`
  return { id, secret: toBase64(randomBytes(30)) }
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}
