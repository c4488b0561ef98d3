import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  type ECRClient,
  GetAuthorizationTokenCommand,
  type ImageDetail,
  type ImageIdentifier,
} from '@aws-sdk/client-ecr'
import { askBerth } from '../../support/ask-berth.ts'
import { pullImage } from '../../support/pull-image.ts'
import { pushImage } from '../../support/push-image.ts'
import { type RegistryAccess, send } from '../../support/registry-client.ts'
import { SeededRandom } from '../../support/seeded-random.ts'
import { type Caller, type LocalBerth, startBerth } from '../../support/start-berth.ts'
import { randomImage, type TestImage } from '../../support/test-image.ts'
import { importAdvisory } from './vulnerable-image.ts'

const strangers = '999999999999'
export const abroad = 'eu-west-1'

/** A registry of its own for each piece of evidence: an account nobody has used yet. */
export interface Desk {
  readonly berth: LocalBerth
  /** Another Berth, whose images can be pulled through. */
  readonly upstream: LocalBerth
  readonly account: string
  /** The official client, which notes what succeeds. */
  readonly ecr: ECRClient
  /** The operations that have succeeded. */
  readonly called: ReadonlySet<string>
  /** Docker's door, here and in the region abroad. */
  readonly access: RegistryAccess
  readonly accessAbroad: RegistryAccess
  /** The official client in another account's hands. */
  readonly stranger: ECRClient
  readonly strangersAccount: string
  create(repositoryName: string): Promise<void>
  /** Pushes an image that nothing else equals, through docker's door. */
  push(repositoryName: string, reference: string, image?: TestImage): Promise<TestImage>
  /** Pulls whole through docker's door and hashes every byte: the digest, or the status of a refusal. */
  pull(repositoryName: string, reference: string): Promise<string | number>
  describe(repositoryName: string, imageId: ImageIdentifier): Promise<ImageDetail>
  /** One of Berth's own operations, on the account's behalf. */
  callBerth(operation: string, input: object): Promise<void>
  /** Has all jobs of a kind run now, and waits for them. */
  runJobs(kind: string): Promise<void>
}

export interface EvidenceWorld extends AsyncDisposable {
  openDesk(): Promise<Desk & AsyncDisposable>
}

export async function openEvidenceWorld(): Promise<EvidenceWorld> {
  await using opening = new AsyncDisposableStack()
  const upstream = opening.use(await startBerth())
  const berth = opening.use(await startBerth(await settingsBelow(upstream)))
  await importAdvisory(berth)
  let account = 100_000_000_000
  const open = opening.move()
  return {
    openDesk: () => openDesk(berth, upstream, String(account++)),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** In development mode a key id of twelve digits is that account's root. */
async function settingsBelow(upstream: LocalBerth) {
  const secrets = {
    'ecr-pullthroughcache/right': { username: 'AWS', accessToken: await upstream.password() },
    'ecr-pullthroughcache/wrong': { username: 'AWS', accessToken: 'guessed' },
  }
  return {
    dev: true,
    rootAccessKey: 'test',
    rootSecretKey: 'test',
    outboundNetworks: '127.0.0.0/8',
    upstreamRegistries: `http://127.0.0.1:${upstream.port}`,
    upstreamSecrets: JSON.stringify(secrets),
  }
}

async function openDesk(
  berth: LocalBerth,
  upstream: LocalBerth,
  account: string,
): Promise<Desk & AsyncDisposable> {
  const random = new SeededRandom(`evidence of ${account}`)
  const caller = { accessKeyId: account, secretAccessKey: 'test' }
  const [ecr, stranger] = [berth.clientOf(caller), berth.clientOf({ ...caller, accessKeyId: strangers })]
  const access = await accessOf(berth, caller)
  return {
    berth,
    upstream,
    account,
    ecr,
    called: noteCalls(ecr),
    access,
    accessAbroad: await accessOf(berth, { ...caller, region: abroad }),
    stranger,
    strangersAccount: strangers,
    async create(repositoryName) {
      await ecr.send(new CreateRepositoryCommand({ repositoryName }))
    },
    async push(repositoryName, reference, image = randomImage(random)) {
      await pushImage(access, repositoryName, reference, image)
      return image
    },
    pull: (repositoryName, reference) => pullFrom(access, repositoryName, reference),
    async describe(repositoryName, imageId) {
      const asked = new DescribeImagesCommand({ repositoryName, imageIds: [imageId] })
      return (await ecr.send(asked)).imageDetails?.[0] ?? {}
    },
    callBerth: (operation, input) => callBerth(berth, account, operation, input),
    runJobs: (kind) => callBerth(berth, 'test', 'RunJobs', { kind }),
    async [Symbol.asyncDispose]() {
      ecr.destroy()
      stranger.destroy()
    },
  }
}

async function callBerth(
  { port }: LocalBerth,
  keyId: string,
  operation: string,
  input: object,
): Promise<void> {
  const asker = { port, keyId, secret: 'test' }
  const { status, body } = await askBerth(asker, `/berth/v1/${operation}`, JSON.stringify(input))
  if (status !== 200) throw new Error(`${operation} was answered ${status}: ${body}`)
}

/** Pulls whole and hashes every byte: the digest, or the status of a refusal. */
export async function pullFrom(
  access: RegistryAccess,
  repositoryName: string,
  reference: string,
): Promise<string | number> {
  const { status, body } = await send(access, 'GET', `/v2/${repositoryName}/manifests/${reference}`)
  await body?.cancel()
  return status === 200 ? pullImage(access, repositoryName, reference) : status
}

async function accessOf(berth: LocalBerth, caller: Caller): Promise<RegistryAccess> {
  const client = berth.clientOf(caller)
  const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({}))
  client.destroy()
  return { url: berth.url, authorization: `Basic ${authorizationData?.[0]?.authorizationToken}` }
}

function noteCalls({ middlewareStack }: ECRClient): ReadonlySet<string> {
  const called = new Set<string>()
  middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        const answer = await next(args)
        called.add(commandName.replace(/Command$/, ''))
        return answer
      },
    { step: 'initialize' },
  )
  return called
}
