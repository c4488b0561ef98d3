import type { Blob } from '../core/images/blob.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { OutboundResponse } from '../outbound/outbound-request.ts'
import { type BlobSource, PeerUnavailableError } from '../registry/replication/peer-registry.ts'
import type { Peer } from './peer.ts'
import type { RegistryRequest } from './peer-client.ts'
import { readRefusal, refusedError } from './send-to-peer.ts'

/** A blob on its way to a repository of a peer. */
export interface BlobPush {
  readonly repository: RepositoryKey
  readonly blob: Blob
  readonly source: BlobSource
  readonly signal: AbortSignal
}

/** Uploads that were cut and may be gone on with; the oldest are forgotten first. */
const mostKept = 1_000

/**
 * Brings blobs to one registry of a peer, each once however many images ask for it. An upload that is cut goes on where it stood:
 * at once for as long as it gets on, and at the next push of the blob otherwise.
 */
export class PeerUploads {
  readonly #peer: Peer
  readonly #send: (request: RegistryRequest) => Promise<OutboundResponse>
  readonly #running = new Map<string, Promise<void>>()
  /** Where uploads are that were cut. */
  readonly #cut = new Map<string, URL>()

  constructor(peer: Peer, send: (request: RegistryRequest) => Promise<OutboundResponse>) {
    this.#peer = peer
    this.#send = send
  }

  async push(push: BlobPush): Promise<void> {
    const name = nameOf(push)
    const running = this.#running.get(name) ?? this.#push(push).finally(() => this.#running.delete(name))
    this.#running.set(name, running)
    await running
  }

  async #push(push: BlobPush): Promise<void> {
    if (await this.#isThere(push)) return
    const place = await this.#place(push)
    if (place === undefined) return
    this.#keep(nameOf(push), place.url)
    const end = await this.#sendRest(push, place)
    await this.#finish(push, end)
    this.#cut.delete(nameOf(push))
  }

  async #isThere({ repository, blob, signal }: BlobPush): Promise<boolean> {
    const url = new URL(`/v2/${repository.name}/blobs/${blob.digest}`, this.#peer.url)
    await using answer = await this.#send({ method: 'HEAD', url, signal })
    if (answer.status === 200 || answer.status === 404) return answer.status === 200
    throw refusedError(this.#peer, await readRefusal(answer))
  }

  /** Where to send the bytes; undefined when another repository of the peer had the blob, and this one has it now. */
  async #place(push: BlobPush): Promise<UploadPlace | undefined> {
    const name = nameOf(push)
    const cut = this.#cut.get(name)
    const size = cut && (await this.#sizeAt(cut, push))
    if (cut !== undefined && size !== undefined) return { url: cut, size }
    this.#cut.delete(name)
    const url = new URL(`/v2/${push.repository.name}/blobs/uploads/`, this.#peer.url)
    url.searchParams.set('mount', push.blob.digest)
    await using answer = await this.#send({ method: 'POST', url, signal: push.signal })
    if (answer.status === 201) return undefined
    return { url: await this.#location(answer, 202), size: 0 }
  }

  /** Goes on after each cut for as long as that brings the upload further. */
  async #sendRest(push: BlobPush, place: UploadPlace): Promise<URL> {
    let { url, size } = place
    while (size < push.blob.size) {
      try {
        url = await this.#sendFrom(push, { url, size })
        size = push.blob.size
      } catch (error) {
        if (!(error instanceof PeerUnavailableError)) throw error
        const reached = await this.#sizeAt(url, push)
        if (reached === undefined || reached <= size) throw error
        size = reached
      }
      this.#keep(nameOf(push), url)
    }
    return url
  }

  async #sendFrom({ blob, source, signal }: BlobPush, { url, size }: UploadPlace): Promise<URL> {
    const headers = {
      'content-type': 'application/octet-stream',
      'content-length': String(blob.size - size),
      'content-range': `${size}-${blob.size - 1}`,
    }
    const body = await source(size)
    await using answer = await this.#send({ method: 'PATCH', url, headers, body, signal })
    return this.#location(answer, 202)
  }

  /**
   * How much of an upload the peer has; undefined when it has forgotten it. An empty chunk waits until what was cut is stored to its
   * last byte; a GET would tell a size that is still growing.
   */
  async #sizeAt(url: URL, { signal }: BlobPush): Promise<number | undefined> {
    const headers = { 'content-type': 'application/octet-stream', 'content-length': '0' }
    await using answer = await this.#send({ method: 'PATCH', url, headers, signal })
    if (answer.status !== 202) return undefined
    const [, last] = /^(?:bytes=)?0-([0-9]+)$/.exec(String(answer.headers.range)) ?? []
    return last === undefined || last === '0' ? 0 : Number(last) + 1
  }

  async #finish({ blob, signal }: BlobPush, place: URL): Promise<void> {
    const url = new URL(place)
    url.searchParams.set('digest', blob.digest)
    await using answer = await this.#send({ method: 'PUT', url, signal })
    if (answer.status !== 201) throw refusedError(this.#peer, await readRefusal(answer))
  }

  /** @throws unless the answer has this status and says where the upload goes on, at the same server */
  async #location(answer: OutboundResponse, status: number): Promise<URL> {
    if (answer.status !== status) throw refusedError(this.#peer, await readRefusal(answer))
    const { location } = answer.headers
    const url = location === undefined ? null : URL.parse(location, answer.url.href)
    if (url?.origin === this.#peer.url.origin) return url
    throw new PeerUnavailableError(`${this.#peer.url.host} doesn't say where its upload goes on`)
  }

  #keep(name: string, url: URL): void {
    this.#cut.delete(name)
    this.#cut.set(name, url)
    const [oldest] = this.#cut.keys()
    if (this.#cut.size > mostKept && oldest !== undefined) this.#cut.delete(oldest)
  }
}

interface UploadPlace {
  readonly url: URL
  /** Bytes that are there already. */
  readonly size: number
}

function nameOf({ repository, blob }: BlobPush): string {
  return `${repository.name} ${blob.digest}`
}
