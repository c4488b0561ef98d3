import type { Sending } from '../core/events/sending.ts'
import type { SecretVault } from '../core/secret-vault.ts'
import type { Mailer } from '../mail/mailer.ts'
import type { OutboundClient } from '../outbound/outbound-client.ts'
import type { MetadataStore } from '../stores/metadata/metadata-store.ts'
import type { OAuthTokens } from './destinations/oauth-tokens.ts'
import type { StartTasks } from './start-tasks.ts'
import type { MessageSigner } from './topics/message-signer.ts'

/** What use cases of events and messages work with. */
export interface Messaging {
  readonly metadata: MetadataStore
  readonly now: () => Date
  /** A new random UUID. */
  readonly newId: () => string
  /** 288 random hexadecimal digits, as SNS's tokens have. */
  readonly newToken: () => string
  /** At least 0, less than 1. */
  readonly random: () => number
  readonly mailer: Mailer
  readonly outbound: Pick<OutboundClient, 'send'>
  readonly signer: MessageSigner
  readonly startTasks: StartTasks
  /** What connections with OAuth were given. */
  readonly tokens: OAuthTokens
  /** Keeps secrets that are stored. */
  readonly vault: SecretVault
  /** Whether the owner of a topic, a bus or a queue lets a service send to it. */
  readonly maySend: (sending: Sending) => Promise<boolean>
  /** How many milliseconds to wait with what is to be done so many milliseconds apart. */
  readonly pace: (what: string, apart: number) => number
}
