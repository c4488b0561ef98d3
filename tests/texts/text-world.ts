import {
  CreateRepositoryCommand,
  GetAuthorizationTokenCommand,
  PutImageCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { askBerth } from '../support/ask-berth.ts'
import { askEcr } from '../support/ask-ecr.ts'
import { pushBlob, pushImage } from '../support/push-image.ts'
import { type RegistryAccess, send } from '../support/registry-client.ts'
import { readRegistryError } from '../support/registry-errors.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { tarOf } from '../support/tar.ts'
import { blob, digestOf, imageOf } from '../support/test-image.ts'

const day = 24 * 60 * 60 * 1000
export const ours = '000000000000'
export const theirs = '111122223333'
/** Holds an image, tagged `v1` and alone in its index, tagged `all`. */
export const app = 'team/app'
/** Holds the same image under `v1`; no tag of it moves. */
export const fixed = 'team/fixed'
/** As `fixed`, but that tags like `dev-*` move. */
export const partly = 'team/partly'
/** Denies everybody everything but the right to be deleted. */
export const closed = 'team/closed'
/** No repository. */
export const none = 'team/none'

const layer = blob(tarOf([{ path: 'hello', content: 'world' }]))
export const image = imageOf({ for: 'texts' }, [layer])
/** Another image of the same layer, which nobody has pushed. */
export const other = imageOf({ for: 'others' }, [layer])
const indexText = JSON.stringify({
  schemaVersion: 2,
  mediaType: 'application/vnd.oci.image.index.v1+json',
  manifests: [{ mediaType: image.mediaType, digest: image.digest, size: image.manifest.length }],
})
export const index = { digest: digestOf(indexText), manifest: indexText }
/** The digest of nothing that is here. */
export const nowhere = `sha256:${'0'.repeat(64)}`

/** In development mode a key id of twelve digits is that account's root; scans rest for as long as on AWS. */
const settings = { dev: true, rootAccessKey: 'test', rootSecretKey: 'test', scanCooldown: day }

export interface TextWorld extends AsyncDisposable {
  readonly berth: LocalBerth
  /** What an operation answers. */
  call(operation: string, input: object): Promise<Answer>
  /** How an operation refuses: `Exception: its message`. */
  refusal(operation: string, input: object, caller?: string): Promise<string>
  /** How `/v2/` refuses: `status CODE: message`. */
  v2(method: string, path: string, sent?: Sent): Promise<string>
  /** Somebody of the other account, at the registry of ours. */
  v2AsThem(method: string, path: string): Promise<string>
  /** Lets time pass for tokens and quotas. */
  pass(hours: number): Promise<void>
}

type Answer = Readonly<Record<string, unknown>>

interface Sent {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array<ArrayBuffer>
}

export async function openTextWorld(): Promise<TextWorld> {
  await using opening = new AsyncDisposableStack()
  const berth = opening.use(await startBerth(settings))
  await fill(berth)
  const them = await accessOfThem(berth)
  const asker = (keyId = 'test') => ({ port: berth.port, keyId, secret: 'test' })
  const open = opening.move()
  return {
    berth,
    async call(operation, input) {
      return JSON.parse((await askEcr(asker(), operation, input)).body)
    },
    async refusal(operation, input, caller) {
      const { status, body } = await askEcr(asker(caller), operation, input)
      const { __type: type, message } = JSON.parse(body)
      return status === 400 ? `${type}: ${message}` : `${status} ${body}`
    },
    v2: (method, path, sent) => refusalOf(berth, method, path, sent),
    v2AsThem: (method, path) => refusalOf(them, method, path, {}),
    async pass(hours) {
      await askBerth(asker(), '/berth/v1/AdvanceClock', JSON.stringify({ seconds: hours * 3600 }))
    },
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}

/** Where all registries share one host name, a token says to which it leads. */
async function accessOfThem(berth: LocalBerth): Promise<RegistryAccess> {
  const client = berth.clientOf({ accessKeyId: theirs })
  const { authorizationData } = await client.send(new GetAuthorizationTokenCommand({ registryIds: [ours] }))
  client.destroy()
  return { url: berth.url, authorization: `Basic ${authorizationData?.[0]?.authorizationToken}` }
}

async function refusalOf(
  access: RegistryAccess,
  method: string,
  path: string,
  sent: Sent = {},
): Promise<string> {
  const answer = await send(access, method, path, sent)
  const body = await answer.text()
  if (!answer.headers.get('content-type')?.startsWith('application/json')) return `${answer.status} ${body}`
  const { status, code, message } = readRegistryError(answer.status, body)
  return `${status} ${code}: ${message}`
}

async function fill(berth: LocalBerth): Promise<void> {
  const { ecr } = berth
  const filters = [{ filterType: 'WILDCARD' as const, filter: 'dev-*' }]
  await berth.createRepository(app)
  await berth.createRepository(fixed, { imageTagMutability: 'IMMUTABLE' })
  await berth.createRepository(partly, {
    imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
    imageTagMutabilityExclusionFilters: filters,
  })
  for (const name of [app, fixed, partly]) {
    await pushImage(berth, name, 'v1', image)
    await pushBlob(berth, name, other.config)
  }
  await ecr.send(new PutImageCommand({ repositoryName: app, imageManifest: index.manifest, imageTag: 'all' }))
  await ecr.send(new CreateRepositoryCommand({ repositoryName: closed }))
  const deny = { Effect: 'Deny', Principal: '*', Action: 'ecr:*' }
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [deny] })
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName: closed, policyText, force: true }))
}
