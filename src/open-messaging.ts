import { generateKeyPair, randomBytes, randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import type { Authoriser } from './access/authoriser.ts'
import { sendingRights } from './access/sending-rights.ts'
import { Vault } from './access/vault.ts'
import type { Config } from './config/config.ts'
import type { Secrets } from './config/secrets.ts'
import { builtInMailbox } from './mail/built-in-mailbox.ts'
import type { Mailer } from './mail/mailer.ts'
import { OAuthTokens } from './messaging/destinations/oauth-tokens.ts'
import type { Messaging } from './messaging/messaging.ts'
import { Pace } from './messaging/pace.ts'
import type { StartTasks } from './messaging/start-tasks.ts'
import { MessageSigner } from './messaging/topics/message-signer.ts'
import type { Registry } from './registry/registry.ts'
import type { SigningKey } from './stores/metadata/signing-keys.ts'

const tokenBytes = 144
const keyBits = 2048

/** Everything that events and messages need, on an open registry; disposing closes connections to the mail server. */
export async function openMessaging(
  config: Config,
  { sealKey }: Pick<Secrets, 'sealKey'>,
  { metadata, outbound, now }: Pick<Registry, 'metadata' | 'outbound' | 'now'>,
  startTasks: StartTasks,
  authoriser: Authoriser,
): Promise<Messaging & Disposable> {
  const closing = new DisposableStack()
  const vault = new Vault(sealKey)
  const pace = new Pace(() => performance.now())
  return {
    metadata,
    outbound,
    now,
    newId: randomUUID,
    newToken: () => randomBytes(tokenBytes).toString('hex'),
    random: Math.random,
    mailer: await openMailer(config, { metadata, now }, closing),
    signer: new MessageSigner({ metadata, vault, makeKey: () => makeSigningKey(now()) }),
    vault,
    startTasks,
    tokens: new OAuthTokens(),
    maySend: sendingRights(authoriser),
    pace: (what, apart) => pace.delay(what, apart),
    [Symbol.dispose]: () => closing.dispose(),
  }
}

async function openMailer(
  { smtpUrl: url, mailFrom: from }: Config,
  stores: Pick<Registry, 'metadata' | 'now'>,
  closing: DisposableStack,
): Promise<Mailer> {
  if (url === undefined) return builtInMailbox({ ...stores, from })
  const { smtpMailer } = await import('./mail/smtp-mailer.ts')
  return closing.use(smtpMailer({ url, from }))
}

async function makeSigningKey(createdAt: Date): Promise<SigningKey> {
  const { selfSignedCertificate } = await import('./tls/local-ca/self-signed.ts')
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: keyBits })
  return {
    id: randomBytes(16).toString('hex'),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificate: selfSignedCertificate({ subject: 'sns.amazonaws.com', key: privateKey, now: createdAt }),
    createdAt,
  }
}
