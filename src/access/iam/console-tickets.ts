import { timingSafeEqual } from 'node:crypto'
import { makeAccessKey } from '../../core/accounts/make-access-key.ts'
import { AccessDeniedError } from '../../core/policies/errors.ts'
import type { StoredCredential } from '../../stores/metadata/iam.ts'
import { isRoot, isTemporary, type Principal } from '../principal.ts'
import { beginSession, type TemporaryCredentials } from './begin-session.ts'
import type { Iam } from './iam.ts'

const ticketBytes = 48
/** Milliseconds within which a ticket must be used. */
const ticketLifetime = 120_000
/** Seconds that a session of the console lasts. */
const sessionLifetime = 12 * 3600

/** What opens the console once. */
export interface ConsoleTicket {
  readonly ticket: string
  readonly expiresAt: Date
}

/**
 * A ticket that signs its caller in to the console once, within two minutes. It is kept as a session that is not active, so that it ends
 * with the key it was got with, and nobody can sign with it.
 *
 * @throws AccessDeniedError for who has temporary credentials, which can be used for the sign-in themselves
 */
export async function issueConsoleTicket(iam: Iam, caller: Principal): Promise<ConsoleTicket> {
  if (isTemporary(caller)) throw new AccessDeniedError(temporary)
  const { vault, now, randomBytes, metadata } = iam
  const { account, arn, userId, keyId } = caller
  const { id, secret } = makeAccessKey('ASIA', randomBytes)
  const token = Buffer.from(randomBytes(ticketBytes)).toString('base64url')
  const createdAt = now()
  const expiresAt = new Date(createdAt.getTime() + ticketLifetime)
  await metadata.write((tx) =>
    tx.iam.addCredential({
      id,
      account,
      entityId: isRoot(caller) ? undefined : userId,
      encryptedSecret: vault.encrypt(secret, id),
      encryptedToken: vault.encrypt(token, purposeOf(id)),
      session: { arn, userId, policies: [], keyId },
      status: 'Inactive',
      createdAt,
      expiresAt,
    }),
  )
  return { ticket: `${id}.${token}`, expiresAt }
}

const temporary =
  'Cannot get a console ticket with session credentials: sign in to the console with the access key, the secret and the session token'

/** Exchanges a ticket for a session; undefined for one that is wrong, too old or used already. Of two who come at once, one gets it. */
export async function redeemConsoleTicket(
  iam: Iam,
  ticket: string,
): Promise<(TemporaryCredentials & { readonly arn: string }) | undefined> {
  const [id = '', token = ''] = ticket.split('.', 2)
  const credential = await iam.metadata.iam.credential(id)
  if (credential?.session === undefined || !isTicket(iam, credential, token)) return undefined
  const { account, entityId, session } = credential
  const isFirst = await iam.metadata.write((tx) => tx.iam.deleteCredential(id))
  if (!isFirst) return undefined
  const begun = await beginSession(iam, { account, id: entityId }, { session, seconds: sessionLifetime })
  return { ...begun, arn: session.arn }
}

/** A session's own token is encrypted for another purpose, and is active: it is never taken for a ticket. */
function isTicket(
  { vault, now }: Iam,
  { id, status, encryptedToken, expiresAt }: StoredCredential,
  token: string,
): boolean {
  if (status !== 'Inactive' || encryptedToken === undefined) return false
  if (expiresAt === undefined || expiresAt <= now()) return false
  const [given, kept] = [Buffer.from(token), Buffer.from(vault.decrypt(encryptedToken, purposeOf(id)))]
  return given.byteLength === kept.byteLength && timingSafeEqual(given, kept)
}

function purposeOf(id: string): string {
  return `${id} console ticket`
}
