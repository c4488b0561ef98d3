import { createPrivateKey, sign } from 'node:crypto'
import type { SecretVault } from '../../core/secret-vault.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import type { SigningKey } from '../../stores/metadata/signing-keys.ts'

/** `1` signs by SHA-1, `2` by SHA-256. */
export type SignatureVersion = '1' | '2'

/** What the private key is encrypted for. */
const purpose = 'signing key of messages'

/** Signs messages, so that receivers know from whom they are. */
export class MessageSigner {
  readonly #metadata: MetadataStore
  readonly #vault: SecretVault
  readonly #makeKey: () => Promise<SigningKey>
  #key: Promise<SigningKey> | undefined

  /** @param options.makeKey makes an RSA key and its certificate; asked when the installation has none yet */
  constructor(options: {
    readonly metadata: MetadataStore
    readonly vault: SecretVault
    readonly makeKey: () => Promise<SigningKey>
  }) {
    this.#metadata = options.metadata
    this.#vault = options.vault
    this.#makeKey = options.makeKey
  }

  /** The signature, in base64, of the fields that are there. */
  async sign(fields: readonly SignedField[], version: SignatureVersion): Promise<string> {
    const { privateKey } = await this.#own()
    const text = fields.map(([name, value]) => `${name}\n${value}\n`).join('')
    const hash = version === '1' ? 'sha1' : 'sha256'
    return sign(hash, Buffer.from(text), createPrivateKey(privateKey)).toString('base64')
  }

  /** The path under which this server shows the certificate that goes with its signatures. */
  async certificatePath(): Promise<string> {
    return certificatePath((await this.#own()).id)
  }

  /** The key of all processes of this installation; whoever comes first makes it. */
  #own(): Promise<SigningKey> {
    this.#key ??= this.#find().catch((error: unknown) => {
      this.#key = undefined
      throw error
    })
    return this.#key
  }

  async #find(): Promise<SigningKey> {
    const known = (await this.#metadata.signingKeys.latest()) ?? (await this.#make())
    return { ...known, privateKey: this.#vault.decrypt(known.privateKey, purpose) }
  }

  async #make(): Promise<SigningKey> {
    const made = await this.#makeKey()
    const locked = { ...made, privateKey: this.#vault.encrypt(made.privateKey, purpose) }
    return this.#metadata.write(async (tx) => {
      await tx.signingKeys.addFirst(locked)
      return (await tx.signingKeys.latest()) ?? locked
    })
  }
}

/** A field of a message, by its name there. */
export type SignedField = readonly [name: string, value: string]

/** Where the certificate of a key is shown; the name is as on AWS, for receivers that look at it. */
export function certificatePath(id: string): string {
  return `/SimpleNotificationService-${id}.pem`
}
