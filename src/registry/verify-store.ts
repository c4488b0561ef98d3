import { createHash } from 'node:crypto'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Blob } from '../core/images/blob.ts'
import { type Digest, digestAlgorithm, digestOf } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { BlobMissingError, type BlobStore } from '../stores/blobs/blob-store.ts'
import type { Audit, ManifestKind, NamedManifest } from '../stores/metadata/audit.ts'
import { auditedBlobs } from './audited-blobs.ts'

/** Rows read at once. */
const pageRows = 100

/** Something stored that isn't what its name says, and what that harms. */
export interface Damage {
  readonly kind: 'blob' | 'manifest' | 'link'
  readonly digest: Digest
  /** What is wrong with it, in words. */
  readonly problem: string
  /** Whether its bytes look whole to a push, which sends them again only once their file is moved away. */
  readonly isInTheWay: boolean
  /** Repositories that have it. */
  readonly repositories: readonly RepositoryKey[]
  /** Images that can't be pulled whole. */
  readonly images: readonly NamedManifest[]
}

/** How far a verification is: all blobs up to a digest, in their order, have been hashed. */
export interface VerifyProgress {
  readonly after?: Digest | undefined
  readonly blobs: number
  readonly bytes: number
  readonly damages: readonly Damage[]
}

export const unverified: VerifyProgress = { blobs: 0, bytes: 0, damages: [] }

/**
 * Hashes all that is stored: every manifest, and every blob from where `from` stands. Nothing is changed, and a server may run
 * beside it: what is removed meanwhile is no damage.
 *
 * @param options.onHashing told now and then how many bytes of the next blob have been hashed
 * @yields after each blob, and each finding
 * @throws the signal's reason
 */
export async function* verifyStore(options: {
  readonly audit: Audit
  readonly blobs: BlobStore
  readonly from?: VerifyProgress
  readonly signal?: AbortSignal
  readonly onHashing?: (bytes: number) => void
}): AsyncGenerator<VerifyProgress, void, undefined> {
  const { audit, from = unverified, signal } = options
  // Quickly done, so it is done anew each time; what was found of blobs stays known.
  let progress = { ...from, damages: from.damages.filter(({ kind }) => kind === 'blob') }
  for await (const damage of damagedRows(audit)) {
    progress = { ...progress, damages: [...progress.damages, damage] }
    yield progress
  }
  for await (const blob of auditedBlobs(audit, progress.after)) {
    signal?.throwIfAborted()
    const damage = await damageOf(options, blob)
    progress = {
      after: blob.digest,
      blobs: progress.blobs + 1,
      bytes: progress.bytes + blob.size,
      damages: damage ? [...progress.damages, damage] : progress.damages,
    }
    yield progress
  }
}

async function* damagedRows(audit: Audit): AsyncGenerator<Damage, void, undefined> {
  yield* damagedManifests(audit, 'listed')
  yield* damagedManifests(audit, 'deleted')
  for (const { blob, image } of await audit.unlinkedBlobs(pageRows)) {
    const problem = 'an image needs it, and its repository does not have it'
    yield { kind: 'link', digest: blob, problem, isInTheWay: false, repositories: [], images: [image] }
  }
}

async function* damagedManifests(audit: Audit, kind: ManifestKind): AsyncGenerator<Damage, void, undefined> {
  for (let after = 0; ; ) {
    const manifests = await audit.manifests(kind, { after, limit: pageRows })
    for (const manifest of manifests) {
      const { digest, content, repository } = manifest
      const found = hashOf(digest, [content])
      if (found === digest) continue
      const problem = `the manifest's ${content.byteLength} bytes hash to ${found}`
      const images = [await audit.namesOf(manifest)]
      yield { kind: 'manifest', digest, problem, isInTheWay: false, repositories: [repository], images }
    }
    after = manifests.at(-1)?.imageId ?? after
    if (manifests.length < pageRows) return
  }
}

interface Stored {
  readonly audit: Audit
  readonly blobs: BlobStore
  readonly signal?: AbortSignal
  readonly onHashing?: (bytes: number) => void
}

/** Looks twice at what seems damaged: garbage collection may have removed it between row and bytes. */
async function damageOf(stored: Stored, blob: Blob): Promise<Damage | undefined> {
  const { audit } = stored
  if ((await flawOf(stored, blob)) === undefined) return undefined
  if (!(await audit.keeps(blob.digest))) return undefined
  const flaw = await flawOf(stored, blob)
  if (flaw === undefined) return undefined
  const { digest } = blob
  const [repositories, images] = await Promise.all([audit.holdersOf(digest), audit.usersOf(digest)])
  return { kind: 'blob', digest, ...flaw, repositories, images }
}

type Flaw = Pick<Damage, 'problem' | 'isInTheWay'>

async function flawOf(stored: Stored, { digest, size }: Blob): Promise<Flaw | undefined> {
  const found = await stored.blobs.size(digest)
  if (found === undefined) return { problem: 'its bytes are missing', isInTheWay: false }
  if (found !== size) return { problem: `it has ${found} bytes instead of ${size}`, isInTheWay: false }
  try {
    const hashed = await hashBlob(stored, digest)
    return hashed === digest ? undefined : { problem: `its bytes hash to ${hashed}`, isInTheWay: true }
  } catch (error) {
    stored.signal?.throwIfAborted()
    if (error instanceof BlobMissingError) return { problem: 'its bytes are missing', isInTheWay: false }
    const reason = error instanceof Error ? error.message : String(error)
    return { problem: `it can not be read: ${reason}`, isInTheWay: true }
  }
}

/** @throws BlobMissingError, what the disk says, the signal's reason */
async function hashBlob({ blobs, signal, onHashing }: Stored, digest: Digest): Promise<Digest> {
  const hash = createHash(digestAlgorithm(digest))
  let hashed = 0
  for await (const chunk of await blobs.read(digest)) {
    onHashing?.(hashed)
    hash.update(chunk)
    hashed += chunk.length
    // What is in the system's memory is read without a pause: signals would wait for the end of the blob.
    await letOthersRun()
    signal?.throwIfAborted()
  }
  return digestOf(digestAlgorithm(digest), hash.digest('hex'))
}

function hashOf(digest: Digest, chunks: readonly Uint8Array[]): Digest {
  const hash = createHash(digestAlgorithm(digest))
  for (const chunk of chunks) hash.update(chunk)
  return digestOf(digestAlgorithm(digest), hash.digest('hex'))
}
