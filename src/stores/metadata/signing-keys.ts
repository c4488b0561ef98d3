/** A key that signs messages, PEM, and the certificate by which they are verified, PEM too. */
export interface SigningKey {
  /** 32 hexadecimal digits. */
  readonly id: string
  /** Encrypted, where it is kept. */
  readonly privateKey: string
  readonly certificate: string
  readonly createdAt: Date
}

export interface SigningKeyReader {
  latest(): Promise<SigningKey | undefined>
  find(id: string): Promise<SigningKey | undefined>
}

export interface SigningKeyWriter {
  /** Adds a key unless there is one. */
  addFirst(key: SigningKey): Promise<void>
}
