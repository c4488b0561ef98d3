/** A key that signs messages, and the certificate by which they are verified; both PEM. */
export interface SigningKey {
  /** 32 hexadecimal digits. */
  readonly id: string
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
