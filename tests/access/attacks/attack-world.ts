import type { Config } from '../../../src/config/config.ts'
import { type LocalBerth, startBerth } from '../../support/start-berth.ts'
import type { TestImage } from '../../support/test-image.ts'
import type { Keys } from '../support/aws-requests.ts'
import { AwsCaller, makeUser, succeed } from '../support/callers.ts'

/** A Berth with something worth stealing. */
export interface AttackWorld extends AsyncDisposable {
  readonly berth: LocalBerth
  readonly aws: AwsCaller
  readonly root: Keys
  /** In `secret/app`, under `v1`. */
  readonly secret: TestImage
  /** A user with these statements as their one policy. */
  user(name: string, ...statements: readonly object[]): Promise<Keys>
  /** A robot of the root's, as the Authorization header it sends. */
  robot(name: string, actions: readonly string[], repositories: readonly string[]): Promise<string>
  /** The Authorization header of whoever logs in with these keys. */
  login(keys: Keys): Promise<string>
  /** A request to `/v2/`, or to wherever the path leads. */
  ask(path: string, authorization?: string, init?: RequestInit): Promise<Response>
}

/** Two repositories, `open/app` and `secret/app`, the second with an image. */
export async function openAttackWorld(options: Partial<Config> = {}): Promise<AttackWorld> {
  await using opening = new AsyncDisposableStack()
  const berth = opening.use(await startBerth({ trustedProxies: '127.0.0.0/8', ...options }))
  const aws = new AwsCaller(berth)
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = berth.secrets
  const root = { accessKeyId, secretAccessKey }
  for (const name of ['open/app', 'secret/app']) await berth.createRepository(name)
  const secret = await berth.pushRandomImage('secret/app', 'v1')
  const open = opening.move()
  return {
    berth,
    aws,
    root,
    secret,
    user: (name, ...statements) => makeUser(aws, root, name, statements),
    robot: async (robotName, actions, repositories) =>
      robotHeader(
        await succeed(aws.call('berth', 'CreateRobot', { robotName, actions, repositories }, root)),
      ),
    login: async (keys) => basicHeader('AWS', await berth.password(keys)),
    ask: (path, authorization, { headers, ...init } = {}) =>
      fetch(new URL(path, berth.url), {
        ...init,
        headers: {
          'x-forwarded-for': aws.freshAddress(),
          ...(authorization !== undefined && { authorization }),
          ...headers,
        },
      }),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** The Authorization header of a robot that has just been made. */
export function robotHeader(created: string): string {
  return basicHeader('robot', JSON.parse(created).password)
}

export function basicHeader(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
}

/** Statements of policies. */
export const allow = (Action: string | readonly string[], Resource: string | readonly string[] = '*') => ({
  Effect: 'Allow',
  Action,
  Resource,
})

export const arnOf = (name: string) => `arn:aws:ecr:us-east-1:000000000000:repository/${name}`

/** All that pulling and pushing takes, and to log in. */
export const pulling = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ecr:ListImages',
]
export const pushing = [
  ...pulling,
  'ecr:InitiateLayerUpload',
  'ecr:UploadLayerPart',
  'ecr:CompleteLayerUpload',
  'ecr:PutImage',
]
