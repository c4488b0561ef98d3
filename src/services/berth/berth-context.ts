import type { Accounts } from '../../access/accounts/accounts.ts'
import type { Iam } from '../../access/iam/iam.ts'
import type { Robots } from '../../access/robots/robots.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { Messaging } from '../../messaging/messaging.ts'
import type { MissingContent } from '../../registry/add-image.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Signer } from '../../registry/signing/signer.ts'
import type { RegistryAddresses } from '../ecr/registry-addresses.ts'
import type { Database } from './shapes.ts'

/** What Berth's own actions work with. */
export interface BerthContext {
  readonly registry: Registry
  readonly accounts: Accounts
  readonly robots: Robots
  readonly iam: Iam
  readonly messaging: Messaging
  readonly registryAddresses: RegistryAddresses
  /** As for container clients: whether an image may come back that is not whole. */
  readonly missingContent: MissingContent
  readonly server: ServerIdentity
  readonly signer: Signer
  /** Every kind of job that this process runs. */
  readonly jobKinds: readonly string[]
  /** In development mode alone. */
  readonly testClock?: TestClock | undefined
}

/** A time that tests move. */
export interface TestClock {
  readonly now: () => Date
  /** How far it is ahead of the true time, in ms. */
  readonly ahead: () => number
  /** Moves it forward by so many ms and runs what has become due; resolves to how many jobs that were. */
  advance(milliseconds: number): Promise<number>
}

/** Facts of this process that its operator may know. */
export interface ServerIdentity {
  readonly version: string
  /** When it began to answer. */
  readonly startedAt: Date
  /** The account of the server's own root key: its operator. */
  readonly account: AccountId
  readonly database: Database
}
