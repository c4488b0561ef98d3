import type { Blob } from '../../core/images/blob.ts'
import type { Digest } from '../../core/names/digest.ts'
import type { RegistryKey, RepositoryKey } from '../../core/names/registry-key.ts'
import type { Tag } from '../../core/names/tag.ts'

/** A registry that another Berth holds, reached over the network, as one that brings it images sees it. */
export interface PeerRegistry {
  /** Its host, for messages. */
  readonly name: string
  /** Makes the repository unless it is there. */
  ensureRepository(repository: RepositoryKey, signal: AbortSignal): Promise<void>
  hasManifest(repository: RepositoryKey, digest: Digest, signal: AbortSignal): Promise<boolean>
  /** Brings a blob unless it is there, going on where an earlier try was cut. */
  pushBlob(repository: RepositoryKey, blob: Blob, source: BlobSource, signal: AbortSignal): Promise<void>
  /** Puts a manifest whose blobs and children are there, under a tag or by its digest alone. */
  putManifest(
    repository: RepositoryKey,
    manifest: ReplicaManifest,
    signal: AbortSignal,
  ): Promise<'stored' | 'tag-is-immutable'>
}

/** Reads a blob from this byte on. */
export type BlobSource = (firstByte: number) => Promise<AsyncIterable<Uint8Array>>

/** A manifest that arrives by replication. */
export interface ReplicaManifest {
  readonly content: Uint8Array
  readonly mediaType: string
  readonly digest: Digest
  readonly tag?: Tag | undefined
  readonly replicatedFrom: RegistryKey
}

/** The peer that holds a registry; undefined when it is one of this Berth. */
export type FindPeer = (registry: RegistryKey) => PeerRegistry | undefined

/** The peer can't be reached, or can't do it now: worth another try. */
export class PeerUnavailableError extends Error {
  override readonly name = 'PeerUnavailableError'
}

/** The peer doesn't do it, however often it is asked. */
export class PeerRefusedError extends Error {
  override readonly name = 'PeerRefusedError'
  /** Why, in a word. */
  readonly code: string
  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}
