/** Encrypts secrets, each bound to what it is the secret of. */
export interface SecretVault {
  encrypt(secret: string, boundTo: string): string
  /** @throws Error for what it hasn't encrypted for this purpose */
  decrypt(text: string, boundTo: string): string
}
