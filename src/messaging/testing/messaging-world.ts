import { generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Authoriser } from '../../access/authoriser.ts'
import { noIdentityPolicies } from '../../access/identity-policies.ts'
import type { Permission } from '../../access/permission.ts'
import { findRules } from '../../access/resources/find-rules.ts'
import { sendingRights } from '../../access/sending-rights.ts'
import { Vault } from '../../access/vault.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRegion } from '../../core/names/region.ts'
import { JobRunner } from '../../jobs/job-runner.ts'
import { authorizeConnectionKind } from '../../jobs/kinds/authorize-connection.ts'
import { deliverKind } from '../../jobs/kinds/deliver.ts'
import { replayEventsKind } from '../../jobs/kinds/replay-events.ts'
import { routeEventsKind } from '../../jobs/kinds/route-events.ts'
import { runScheduleKind } from '../../jobs/kinds/run-schedule.ts'
import { logInto } from '../../jobs/testing/test-jobs.ts'
import type { Mail, Mailer } from '../../mail/mailer.ts'
import { OutboundClient } from '../../outbound/outbound-client.ts'
import { openSqliteMetadata } from '../../stores/metadata/sqlite.ts'
import { selfSignedCertificate } from '../../tls/local-ca/self-signed.ts'
import { OAuthTokens } from '../destinations/oauth-tokens.ts'
import type { Messaging } from '../messaging.ts'
import { MessageSigner } from '../topics/message-signer.ts'

export const home = { account: parseAccountId('000000000000'), region: parseRegion('us-east-1') }

/** Events and messages on a real database, at a time of the test's choosing; e-mails stay in a list. */
export interface MessagingWorld extends AsyncDisposable {
  readonly messaging: Messaging
  readonly mails: Mail[]
  /** What the job runner complained about. */
  readonly complaints: readonly string[]
  pass(milliseconds: number): void
  /** Does all that is due. */
  settle(): Promise<void>
}

export async function openMessagingWorld(
  options: { readonly mailer?: Mailer; readonly startTasks?: Messaging['startTasks'] } = {},
): Promise<MessagingWorld> {
  await using opening = new AsyncDisposableStack()
  const folder = opening.use(await mkdtempDisposable(join(tmpdir(), 'berth-messaging-')))
  const metadata = opening.use(await openSqliteMetadata({ file: join(folder.path, 'berth.db') }))
  const outbound = opening.use(new OutboundClient({ isAllowed: (address) => address === '127.0.0.1' }))
  let time = Date.UTC(2026, 2, 1, 12)
  const now = () => new Date(time)
  const vault = new Vault(new Uint8Array(32))
  const rulesOf = (permission: Permission) => findRules(metadata, permission)
  const authoriser = new Authoriser({ identities: noIdentityPolicies, rulesOf, now })
  const mails: Mail[] = []
  const complaints: string[] = []
  const messaging: Messaging = {
    metadata,
    outbound,
    now,
    newId: randomUUID,
    newToken: () => randomBytes(144).toString('hex'),
    random: () => 0.5,
    mailer: options.mailer ?? { send: async (mail) => `taken as ${mails.push(mail)}` },
    signer: new MessageSigner({ metadata, vault, makeKey: async () => makeKey(now()) }),
    vault,
    startTasks: options.startTasks ?? (async () => []),
    tokens: new OAuthTokens(),
    maySend: sendingRights(authoriser),
    pace: () => 0,
  }
  const kinds = [
    routeEventsKind(messaging),
    deliverKind(messaging),
    runScheduleKind(messaging),
    replayEventsKind(messaging),
    authorizeConnectionKind(messaging),
  ]
  const runner = opening.use(
    new JobRunner({ metadata, kinds, now, newId: randomUUID, log: logInto(complaints) }),
  )
  const opened = opening.move()
  return {
    messaging,
    mails,
    complaints,
    pass: (milliseconds) => {
      time += milliseconds
    },
    settle: async () => void (await runner.runDue()),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  }
}

function makeKey(createdAt: Date) {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return {
    id: randomBytes(16).toString('hex'),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: selfSignedCertificate({ subject: 'sns.amazonaws.com', key, now: createdAt }),
    createdAt,
  }
}
