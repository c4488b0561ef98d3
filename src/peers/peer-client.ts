import type { Blob } from '../core/images/blob.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RegistryKey, RepositoryKey } from '../core/names/registry-key.ts'
import type { OutboundResponse } from '../outbound/outbound-request.ts'
import { replicatedFromHeader } from '../protocols/oci/replicated-from.ts'
import type { BlobSource, PeerRegistry, ReplicaManifest } from '../registry/replication/peer-registry.ts'
import type { Peer } from './peer.ts'
import { callEcr, PeerToken } from './peer-token.ts'
import { type BlobPush, PeerUploads } from './peer-uploads.ts'
import { type PeerRequest, readRefusal, refusedError, sendToPeer } from './send-to-peer.ts'

/** A request to `/v2/` of the peer's registry. */
export type RegistryRequest = Omit<PeerRequest, 'authorization'>

/** One registry of a peer, spoken to as container clients do, and by ECR's JSON API where those have no way. */
export class PeerClient implements PeerRegistry {
  readonly name: string
  readonly #peer: Peer
  readonly #registry: RegistryKey
  readonly #token: PeerToken
  readonly #uploads: PeerUploads
  readonly #made = new Set<string>()

  constructor(peer: Peer, registry: RegistryKey) {
    this.name = peer.url.host
    this.#peer = peer
    this.#registry = registry
    this.#token = new PeerToken(peer, registry)
    this.#uploads = new PeerUploads(peer, (request) => this.#send(request))
  }

  async ensureRepository({ name, account }: RepositoryKey, signal: AbortSignal): Promise<void> {
    if (this.#made.has(name)) return
    // Who isn't known there waits until the operator has put that right, which only a login tells.
    await this.#token.get(signal)
    const input = { registryId: account, repositoryName: name }
    await using answer = await callEcr(this.#peer, this.#registry, {
      operation: 'CreateRepository',
      input,
      signal,
    })
    if (answer.status !== 200) await this.#allow(answer, 'RepositoryAlreadyExistsException')
    this.#made.add(name)
  }

  async hasManifest({ name }: RepositoryKey, digest: Digest, signal: AbortSignal): Promise<boolean> {
    const url = new URL(`/v2/${name}/manifests/${digest}`, this.#peer.url)
    await using answer = await this.#send({ method: 'HEAD', url, signal })
    if (answer.status === 200 || answer.status === 404) return answer.status === 200
    throw refusedError(this.#peer, await readRefusal(answer))
  }

  pushBlob(repository: RepositoryKey, blob: Blob, source: BlobSource, signal: AbortSignal): Promise<void> {
    const push: BlobPush = { repository, blob, source, signal }
    return this.#uploads.push(push)
  }

  async putManifest(
    { name }: RepositoryKey,
    { content, mediaType, digest, tag, replicatedFrom }: ReplicaManifest,
    signal: AbortSignal,
  ): Promise<'stored' | 'tag-is-immutable'> {
    const url = new URL(`/v2/${name}/manifests/${tag ?? digest}`, this.#peer.url)
    const headers = { 'content-type': mediaType, ...replicatedFromHeader(replicatedFrom) }
    await using answer = await this.#send({ method: 'PUT', url, headers, body: content, signal })
    if (answer.status === 201) return 'stored'
    await this.#allow(answer, 'TAG_INVALID')
    return 'tag-is-immutable'
  }

  async #send(request: RegistryRequest): Promise<OutboundResponse> {
    const authorization = await this.#token.get(request.signal)
    const answer = await sendToPeer(this.#peer, { ...request, authorization })
    if (answer.status === 401) this.#token.drop()
    if (answer.status === 404 && request.method !== 'HEAD') this.#made.clear()
    return answer
  }

  /** @throws unless the peer refused for this reason */
  async #allow(answer: OutboundResponse, code: string): Promise<void> {
    const refusal = await readRefusal(answer)
    if (refusal.code !== code) throw refusedError(this.#peer, refusal)
  }
}
