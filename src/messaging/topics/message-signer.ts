import { createPrivateKey, sign } from 'node:crypto'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import type { SigningKey } from '../../stores/metadata/signing-keys.ts'

/** `1` signs by SHA-1, `2` by SHA-256. */
export type SignatureVersion = '1' | '2'

/** Signs messages, so that receivers know from whom they are. */
export class MessageSigner {
  readonly #metadata: MetadataStore
  readonly #makeKey: () => Promise<SigningKey>
  #key: Promise<SigningKey> | undefined

  /** @param makeKey makes an RSA key and its certificate; asked when the installation has none yet */
  constructor(metadata: MetadataStore, makeKey: () => Promise<SigningKey>) {
    this.#metadata = metadata
    this.#makeKey = makeKey
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
    const known = await this.#metadata.signingKeys.latest()
    if (known !== undefined) return known
    const made = await this.#makeKey()
    return this.#metadata.write(async (tx) => {
      await tx.signingKeys.addFirst(made)
      return (await tx.signingKeys.latest()) ?? made
    })
  }
}

/** A field of a message, by its name there. */
export type SignedField = readonly [name: string, value: string]

/** Where the certificate of a key is shown; the name is as on AWS, for receivers that look at it. */
export function certificatePath(id: string): string {
  return `/SimpleNotificationService-${id}.pem`
}
