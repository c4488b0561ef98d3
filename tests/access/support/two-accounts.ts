import { type LocalBerth, startBerth } from '../../support/start-berth.ts'
import type { Keys } from './aws-requests.ts'
import { AwsCaller, others, succeed } from './callers.ts'

/** A Berth with its own account and another one. */
export interface TwoAccounts extends AsyncDisposable {
  readonly berth: LocalBerth
  readonly aws: AwsCaller
  /** The root of the server's own account. */
  readonly root: Keys
  /** The root of the other. */
  readonly theirs: Keys
}

export async function openTwoAccounts(): Promise<TwoAccounts> {
  const berth = await startBerth({ trustedProxies: '127.0.0.0/8' })
  const aws = new AwsCaller(berth)
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = berth.secrets
  const root = { accessKeyId, secretAccessKey }
  const theirs = JSON.parse(await succeed(aws.call('berth', 'CreateAccount', { accountId: others }, root)))
  return { berth, aws, root, theirs, [Symbol.asyncDispose]: () => berth[Symbol.asyncDispose]() }
}
