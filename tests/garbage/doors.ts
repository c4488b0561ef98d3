import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { ECRClient } from '@aws-sdk/client-ecr'
import { ExecTokens } from '../../src/access/exec-tokens.ts'
import { StoredIdentities } from '../../src/access/iam/stored-identities.ts'
import { openUses } from '../../src/access/uses.ts'
import { buildDoors } from '../../src/build-door.ts'
import type { Config } from '../../src/config/config.ts'
import { ExchangeNotes } from '../../src/observability/exchange-notes.ts'
import type { Log } from '../../src/observability/log.ts'
import { Metrics } from '../../src/observability/metrics.ts'
import { Readiness } from '../../src/observability/readiness.ts'
import { openAuthoriser } from '../../src/open-authoriser.ts'
import { openMessaging } from '../../src/open-messaging.ts'
import type { HttpDoor, HttpRequest } from '../../src/protocols/http/exchange.ts'
import { collectGarbage } from '../../src/registry/collect-garbage.ts'
import { createRegistry } from '../../src/registry/create-registry.ts'
import type { Registry } from '../../src/registry/registry.ts'
import { localSigner } from '../../src/signer/local-signer.ts'
import type { BlobStore } from '../../src/stores/blobs/blob-store.ts'
import type { MetadataStore } from '../../src/stores/metadata/metadata-store.ts'
import { basic, fetchPassword } from '../support/registry-login.ts'
import { defaults } from '../support/start-berth.ts'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: Buffer
}

/** Both doors of a Berth in this process, without a wire between, at a time of the test's choosing. */
export interface Doors extends AsyncDisposable {
  readonly registry: Registry
  /** What went wrong inside and no client is told. */
  readonly failures: readonly object[]
  /** One request to `/v2/`. */
  v2(method: string, path: string, body?: string, headers?: Readonly<Record<string, string>>): Promise<Answer>
  /** The official client, at the same time as the server. */
  ecr(): ECRClient
  collect(): Promise<void>
}

/** Milliseconds, well below the life of a token. */
const loginLife = 60 * 60 * 1000
const secrets = { rootAccessKey: 'test', rootSecretKey: 'test', sealKey: new Uint8Array(32) }

export async function openDoors(options: {
  readonly metadata: MetadataStore
  readonly blobs: BlobStore
  readonly now: () => Date
}): Promise<Doors> {
  const { metadata, blobs, now } = options
  const failures: object[] = []
  const log = logInto(failures)
  const onError = (err: unknown) => failures.push({ err })
  const registry = createRegistry({ metadata, blobs, now, newId: randomUUID, onError, cacheTtl: 0 })
  const config: Config = { ...defaults, dataDir: '/nowhere' }
  const authoriser = openAuthoriser(registry)
  const messaging = await openMessaging(config, secrets, registry, async () => [], authoriser)
  const metrics = new Metrics({ version: 'test', onError })
  const readiness = new Readiness(new Map(), (_check, err) => onError(err))
  const clock = { now, ahead: () => 0, advance: async () => 0 }
  const place = { config, secrets, registry, messaging, registryHost: 'registry.test', jobKinds: [] }
  const identities = new StoredIdentities(metadata, { ttl: 0, now })
  const signer = localSigner(messaging.vault)
  const access = { authoriser, identities, uses: openUses(metadata, onError) }
  const execTokens = new ExecTokens(secrets.sealKey, now)
  const ofEngine = {
    findInstance: async () => undefined,
    findDigests: async () => ({}),
    hasLooked: () => true,
    firstLook: async () => undefined,
    containerStats: async () => undefined,
    execTokens,
  }
  const parts = { ...place, ...access, ...ofEngine, signer, metrics, readiness, now, clock, log }
  const door = buildDoors(parts).everything
  const client = clientOf(door)
  const ecr = () => {
    client.config.systemClockOffset = now().getTime() - Date.now()
    return client
  }
  let login = { authorization: '', until: 0 }
  const logIn = async () => {
    const time = now().getTime()
    if (time < login.until) return login.authorization
    login = { authorization: basic(await fetchPassword(ecr())), until: time + loginLife }
    return login.authorization
  }
  return {
    registry,
    failures,
    ecr,
    async v2(method, path, body = '', headers = {}) {
      const authorization = await logIn()
      const length = { 'content-length': String(Buffer.byteLength(body)) }
      return ask(door, method, path, { ...headers, ...length, authorization }, body)
    },
    async collect() {
      const onFailure = (err: unknown) => failures.push({ err })
      await collectGarbage(registry, { rest: () => turnOfOthers(), onFailure })
    },
    async [Symbol.asyncDispose]() {
      client.destroy()
      await registry[Symbol.asyncDispose]()
    },
  }
}

async function ask(
  door: HttpDoor,
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: string | Uint8Array,
): Promise<Answer> {
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const request: HttpRequest = {
    id: randomUUID(),
    method,
    url,
    headers: { host: 'registry.test', ...lower },
    rawHeaders: Object.entries({ host: 'registry.test', ...lower }).flat(),
    body: Readable.from(body === undefined ? [] : [typeof body === 'string' ? Buffer.from(body) : body]),
    scheme: 'http',
    remoteAddress: '127.0.0.1',
    peerAddress: '127.0.0.1',
    notes: new ExchangeNotes(),
    signal: new AbortController().signal,
  }
  const answer = await door(request)
  return { status: answer.status, headers: answer.headers, body: await bytesOf(answer.body) }
}

async function bytesOf(body: string | Uint8Array | Readable | undefined): Promise<Buffer> {
  return body instanceof Readable ? buffer(body) : Buffer.from(body ?? '')
}

/** The official client, with the door in the place of the network. */
function clientOf(door: HttpDoor): ECRClient {
  return new ECRClient({
    endpoint: 'http://registry.test',
    region: defaults.region,
    credentials: { accessKeyId: secrets.rootAccessKey, secretAccessKey: secrets.rootSecretKey },
    maxAttempts: 1,
    requestHandler: {
      async handle({
        method,
        path,
        headers,
        body,
      }: {
        method: string
        path: string
        headers: Record<string, string>
        body?: string | Uint8Array
      }) {
        const answer = await ask(door, method, path, headers, body)
        const texts = Object.entries(answer.headers).map(([name, value]) => [name, String(value)])
        const response = {
          statusCode: answer.status,
          headers: Object.fromEntries(texts),
          body: Readable.from([answer.body]),
        }
        return { response }
      },
    },
  })
}

function logInto(failures: object[]): Log {
  const passOver = (): void => {}
  return { debug: passOver, info: passOver, warn: passOver, error: (facts) => failures.push(facts) }
}
