import { makeAccessKey } from '../../core/accounts/make-access-key.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { StoredSession } from '../../stores/metadata/iam.ts'
import type { Iam } from './iam.ts'

/** Credentials that end. */
export interface TemporaryCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  readonly expiresAt: Date
}

const tokenBytes = 96

/** Begins a session of a role, a user or (without an id) an account's root, for so many seconds. Secret and token are shown this once. */
export async function beginSession(
  iam: Iam,
  of: { readonly account: AccountId; readonly id: string | undefined },
  wanted: { readonly session: StoredSession; readonly seconds: number },
): Promise<TemporaryCredentials> {
  const { metadata, vault, now, randomBytes } = iam
  const { id, secret } = makeAccessKey('ASIA', randomBytes)
  const sessionToken = Buffer.from(randomBytes(tokenBytes)).toString('base64')
  const createdAt = now()
  const expiresAt = new Date(createdAt.getTime() + wanted.seconds * 1000)
  await metadata.write(async (tx) => {
    await tx.iam.deleteEnded(createdAt)
    await tx.iam.addCredential({
      id,
      account: of.account,
      entityId: of.id,
      encryptedSecret: vault.encrypt(secret, id),
      encryptedToken: vault.encrypt(sessionToken, `${id} token`),
      session: wanted.session,
      status: 'Active',
      createdAt,
      expiresAt,
    })
  })
  return { accessKeyId: id, secretAccessKey: secret, sessionToken, expiresAt }
}
