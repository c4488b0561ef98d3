import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'

const algorithm = 'aes-256-gcm'
const nonceBytes = 12
const tagBytes = 16

/** Encrypts private keys, so that who has the database alone can't sign. AES-256-GCM under a key derived from the server's secret. */
export class KeySeal {
  readonly #key: Uint8Array

  constructor(secret: Uint8Array) {
    this.#key = new Uint8Array(hkdfSync('sha256', secret, '', 'signing keys', 32))
  }

  /** @param owner what the key belongs to; it opens under the same name alone */
  seal(key: KeyObject, owner: string): string {
    const nonce = randomBytes(nonceBytes)
    const cipher = createCipheriv(algorithm, this.#key, nonce).setAAD(Buffer.from(owner))
    const text = key.export({ type: 'pkcs8', format: 'der' })
    const sealed = Buffer.concat([cipher.update(text), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64')
  }

  /** @throws when it was sealed with another secret, or for another owner */
  open(sealed: string, owner: string): KeyObject {
    const bytes = Buffer.from(sealed, 'base64')
    const nonce = bytes.subarray(0, nonceBytes)
    const content = bytes.subarray(nonceBytes + tagBytes)
    const cipher = createDecipheriv(algorithm, this.#key, nonce, { authTagLength: tagBytes })
    cipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes))
    const key = Buffer.concat([cipher.update(content), cipher.final()])
    return createPrivateKey({ key, type: 'pkcs8', format: 'der' })
  }
}
