import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const cipher = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** A secret was encrypted with another key than this vault's, or is damaged. */
export class VaultError extends Error {
  override readonly name = 'VaultError'
  constructor(cause: unknown) {
    super('A stored secret does not open with the key in secrets.json: was that file replaced?', { cause })
  }
}

/**
 * Encrypts secrets that are kept in the database, with a key that isn't: who steals the one has nothing without the other. Each is
 * bound to what it is the secret of, so that no row's can be put in the place of another's.
 */
export class Vault {
  readonly #key: Uint8Array

  /** @param key 32 secret bytes, kept apart from what is encrypted; a key of this vault's own is derived from it */
  constructor(key: Uint8Array) {
    this.#key = new Uint8Array(hkdfSync('sha256', key, '', 'stored secrets', 32))
  }

  encrypt(secret: string, boundTo: string): string {
    const nonce = randomBytes(nonceBytes)
    const encryption = createCipheriv(cipher, this.#key, nonce).setAAD(Buffer.from(boundTo))
    const encrypted = Buffer.concat([encryption.update(secret, 'utf8'), encryption.final()])
    return Buffer.concat([nonce, encryption.getAuthTag(), encrypted]).toString('base64')
  }

  /** @throws VaultError for what this key has not encrypted for this purpose */
  decrypt(text: string, boundTo: string): string {
    try {
      const bytes = Buffer.from(text, 'base64')
      const [nonce, rest] = [bytes.subarray(0, nonceBytes), bytes.subarray(nonceBytes)]
      const decryption = createDecipheriv(cipher, this.#key, nonce, { authTagLength: tagBytes })
        .setAAD(Buffer.from(boundTo))
        .setAuthTag(rest.subarray(0, tagBytes))
      return Buffer.concat([decryption.update(rest.subarray(tagBytes)), decryption.final()]).toString('utf8')
    } catch (error) {
      throw new VaultError(error)
    }
  }
}
