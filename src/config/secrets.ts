/** CONTRACT. What only the owner of the data folder may know. */
export interface Secrets {
  readonly rootAccessKey: string
  readonly rootSecretKey: string
  /** 32 random bytes that sign registry tokens, page tokens and download URLs. */
  readonly sealKey: Uint8Array
}

/**
 * CONTRACT. Reads `<dataDir>/secrets.json` (0600, folder 0700) or makes it with random values on the first start; keys given
 * in the configuration win over stored ones. `created` says whether this is the first start.
 */
export declare function loadSecrets(options: {
  readonly dataDir: string
  readonly rootAccessKey?: string | undefined
  readonly rootSecretKey?: string | undefined
}): Promise<{ readonly secrets: Secrets; readonly created: boolean }>
