import type { Principal } from './principal.ts'

export interface AccessKey {
  readonly id: string
  readonly secret: string
  readonly principal: Principal
  /** Only temporary (ASIA) keys have one; requests must carry it. */
  readonly sessionToken?: string
  readonly expiresAt?: Date
}

/** Where signatures find the secret behind a key id. An unknown or inactive key is undefined. */
export interface AccessKeys {
  find(id: string): Promise<AccessKey | undefined>
}
