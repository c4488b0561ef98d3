import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { loadModels } from '../../../src/protocols/aws/model/testing/loaded-models.ts'
import type { LocalBerth } from '../../support/start-berth.ts'
import { type AwsAnswer, callAws, type Keys } from './aws-requests.ts'

export const others = '444455556666'

const models = loadModels()

/** Asks an operation of a running Berth, each time from another address, so that nobody's wrong keys slow anybody else. */
export class AwsCaller {
  readonly #url: string
  #calls = 0

  constructor({ url }: Pick<LocalBerth, 'url'>) {
    this.#url = url
  }

  /** An address that nobody has called from. */
  freshAddress(): string {
    this.#calls++
    return `10.${(this.#calls >> 16) & 255}.${(this.#calls >> 8) & 255}.${this.#calls & 255}`
  }

  call(
    service: string,
    name: string,
    input: Readonly<Record<string, unknown>>,
    keys: Keys | undefined,
  ): Promise<AwsAnswer> {
    const model = models.get(service)
    const operation = model?.operations.get(name)
    if (model === undefined || operation === undefined)
      throw new RangeError(`No model has ${service}:${name}`)
    return callAws({ url: this.#url, address: this.freshAddress() }, { model, operation, input }, keys)
  }
}

/** Everybody who asks. */
export interface Callers {
  readonly root: Keys
  /** A user whom a policy allows everything. */
  readonly allowed: Keys
  /** The same, whom another policy denies everything. */
  readonly denied: Keys
  readonly withoutPolicies: Keys
  /** A user whose policies the walk writes. */
  readonly byPolicy: Keys
  /** The root of another account. */
  readonly otherAccount: Keys
  readonly revoked: Keys
  readonly forged: Keys
}

/** A managed policy has up to 6,144 characters. */
const actionsPerPolicy = 100

const everything = { Effect: 'Allow', Action: '*', Resource: '*' }

export async function makeCallers(berth: LocalBerth, aws: AwsCaller): Promise<Callers> {
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = berth.secrets
  const root = { accessKeyId, secretAccessKey }
  const user = (name: string, ...statements: readonly object[]) => makeUser(aws, root, name, statements)
  const allowed = await user('allowed', everything)
  const revoked = await user('revoked', everything)
  const gone = { UserName: 'revoked', AccessKeyId: revoked.accessKeyId }
  await succeed(aws.call('iam', 'DeleteAccessKey', gone, root))
  const account = await succeed(aws.call('berth', 'CreateAccount', { accountId: others }, root))
  return {
    root,
    allowed,
    denied: await user('denied', everything, { ...everything, Effect: 'Deny' }),
    withoutPolicies: await user('without-policies'),
    byPolicy: await user('by-policy'),
    otherAccount: JSON.parse(account),
    revoked,
    forged: { ...allowed, secretAccessKey: 'x'.repeat(40) },
  }
}

/** Lets a user do these, by as many managed policies as that takes. */
export async function allowActions(aws: AwsCaller, root: Keys, UserName: string, actions: readonly string[]) {
  for (let first = 0; first < actions.length; first += actionsPerPolicy) {
    const statement = {
      Effect: 'Allow',
      Action: actions.slice(first, first + actionsPerPolicy),
      Resource: '*',
    }
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
    const PolicyName = `walk-${first}`
    await succeed(aws.call('iam', 'CreatePolicy', { PolicyName, PolicyDocument }, root))
    const PolicyArn = `arn:aws:iam::000000000000:policy/${PolicyName}`
    await succeed(aws.call('iam', 'AttachUserPolicy', { UserName, PolicyArn }, root))
  }
}

/** Writes the one policy of a user. */
export async function setPolicy(aws: AwsCaller, root: Keys, UserName: string, statements: readonly object[]) {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: statements })
  await succeed(aws.call('iam', 'PutUserPolicy', { UserName, PolicyName: 'walk', PolicyDocument }, root))
}

/** A user with a key and, if there are any statements, one policy. */
export async function makeUser(
  aws: AwsCaller,
  root: Keys,
  UserName: string,
  statements: readonly object[],
): Promise<Keys> {
  await succeed(aws.call('iam', 'CreateUser', { UserName }, root))
  if (statements.length > 0) await setPolicy(aws, root, UserName, statements)
  return keysIn(await succeed(aws.call('iam', 'CreateAccessKey', { UserName }, root)))
}

/** A session that has ended: the test moves its end into the past. The next session that begins has it forgotten. */
export async function makeExpired(berth: LocalBerth, aws: AwsCaller, of: Keys): Promise<Keys> {
  const body = await succeed(aws.call('sts', 'GetSessionToken', {}, of))
  const keys = { ...keysIn(body), sessionToken: elementIn(body, 'SessionToken') }
  using database = new DatabaseSync(join(berth.config.dataDir, 'metadata.db'))
  database.prepare('update iam_keys set expires_at = 1 where id = ?').run(keys.accessKeyId)
  return keys
}

/** The keys that IAM or STS has made. */
export function keysIn(xml: string): Keys {
  return { accessKeyId: elementIn(xml, 'AccessKeyId'), secretAccessKey: elementIn(xml, 'SecretAccessKey') }
}

/** The text of an element of XML. */
export function elementIn(xml: string, name: string): string {
  return new RegExp(`<${name}>([^<]+)</${name}>`).exec(xml)?.[1] ?? ''
}

/** The body of an answer that is none of an error. */
export async function succeed(asked: Promise<AwsAnswer>): Promise<string> {
  const { status, body } = await asked
  if (status < 400) return body
  throw new Error(`A caller could not be made: ${body}`)
}
