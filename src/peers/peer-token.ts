import { z } from 'zod'
import type { RegistryKey } from '../core/names/registry-key.ts'
import type { OutboundResponse } from '../outbound/outbound-request.ts'
import { signCall } from '../protocols/aws/signature/sign-call.ts'
import { PeerUnavailableError } from '../registry/replication/peer-registry.ts'
import type { Peer } from './peer.ts'
import { readJson, readRefusal, sendToPeer } from './send-to-peer.ts'

const tokenAnswer = z.object({
  authorizationData: z.tuple([z.object({ authorizationToken: z.string(), expiresAt: z.number() })]),
})

/** A token is fetched anew when less than this many ms are left of it. */
const leastLeft = 30 * 60 * 1000

/** Signs calls of ECR's JSON API of a peer, in the region of a registry. */
export async function callEcr(
  peer: Peer,
  { region }: RegistryKey,
  {
    operation,
    input,
    signal,
  }: { readonly operation: string; readonly input: object; readonly signal: AbortSignal },
) {
  const url = new URL('/', peer.url)
  const body = JSON.stringify(input)
  const signer = { ...peer.key, region, service: 'ecr' }
  const covered = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AmazonEC2ContainerRegistry_V20150921.${operation}`,
  }
  const call = { url, body, time: peer.now(), headers: covered }
  const { authorization = '', host: _, ...headers } = signCall(call, signer)
  return sendToPeer(peer, {
    method: 'POST',
    url,
    body: Buffer.from(body),
    headers,
    authorization,
    signal,
  })
}

/** Keeps the registry token for one registry of a peer, and fetches another in time. */
export class PeerToken {
  readonly #peer: Peer
  readonly #registry: RegistryKey
  #token: { readonly authorization: string; readonly goodUntil: number } | undefined

  constructor(peer: Peer, registry: RegistryKey) {
    this.#peer = peer
    this.#registry = registry
  }

  /** The Authorization header for `/v2/`. */
  async get(signal: AbortSignal): Promise<string> {
    if (this.#token === undefined || this.#token.goodUntil < this.#peer.now().getTime()) {
      this.#token = await this.#fetch(signal)
    }
    return this.#token.authorization
  }

  /** It was refused, whatever it says of itself. */
  drop(): void {
    this.#token = undefined
  }

  async #fetch(signal: AbortSignal) {
    const input = { registryIds: [this.#registry.account] }
    const call = { operation: 'GetAuthorizationToken', input, signal }
    await using answer = await callEcr(this.#peer, this.#registry, call)
    if (answer.status !== 200) throw await this.#explain(answer)
    const { success, data } = tokenAnswer.safeParse(await readJson(answer))
    if (!success) throw new PeerUnavailableError(`${this.#peer.url.host} gives no registry token`)
    const [{ authorizationToken, expiresAt }] = data.authorizationData
    const goodUntil = expiresAt * 1000 - leastLeft
    return { authorization: `Basic ${authorizationToken}`, goodUntil }
  }

  /** A key that is wrong is for the operator to put right; until then the images wait. */
  async #explain(answer: OutboundResponse): Promise<PeerUnavailableError> {
    const { code, message } = await readRefusal(answer)
    return new PeerUnavailableError(`${this.#peer.url.host} refuses the access key with ${code}: ${message}`)
  }
}
