import { createHash } from 'node:crypto'
import type { Blob } from '../core/images/blob.ts'
import { type Digest, digestAlgorithm, digestOf } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { BlobMissingError, type BlobStore } from '../stores/blobs/blob-store.ts'
import type { Audit, NamedManifest } from '../stores/metadata/audit.ts'

/** Rows read at once. */
const pageRows = 100

/** Something stored that isn't what its name says, and what that harms. */
export interface Damage {
  readonly kind: 'blob' | 'manifest' | 'link'
  readonly digest: Digest
  /** What is wrong with it, in words. */
  readonly problem: string
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
 * @yields after each blob, and each finding
 * @throws the signal's reason
 */
export async function* verifyStore(options: {
  readonly audit: Audit
  readonly blobs: BlobStore
  readonly from?: VerifyProgress
  readonly signal?: AbortSignal
}): AsyncGenerator<VerifyProgress, void, undefined> {
  const { audit, from = unverified, signal } = options
  // Quickly done, so it is done anew each time; what was found of blobs stays known.
  let progress = { ...from, damages: from.damages.filter(({ kind }) => kind === 'blob') }
  for await (const damage of damagedRows(audit)) {
    progress = { ...progress, damages: [...progress.damages, damage] }
    yield progress
  }
  for await (const blob of blobsAfter(audit, progress.after)) {
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
  for (let after = 0; ; ) {
    const manifests = await audit.manifests({ after, limit: pageRows })
    for (const manifest of manifests) {
      const { digest, content, repository } = manifest
      const found = hashOf(digest, [content])
      if (found === digest) continue
      const image = await audit.namesOf(manifest)
      const problem = `the manifest's ${content.byteLength} bytes hash to ${found}`
      yield { kind: 'manifest', digest, problem, repositories: [repository], images: [image] }
    }
    after = manifests.at(-1)?.imageId ?? after
    if (manifests.length < pageRows) break
  }
  for (const { blob, image } of await audit.unlinkedBlobs(pageRows)) {
    const problem = 'an image needs it, and its repository does not have it'
    yield { kind: 'link', digest: blob, problem, repositories: [], images: [image] }
  }
}

async function* blobsAfter(audit: Audit, start: Digest | undefined): AsyncGenerator<Blob, void, undefined> {
  for (let after = start; ; ) {
    const blobs = await audit.blobs({ after, limit: pageRows })
    yield* blobs
    after = blobs.at(-1)?.digest
    if (blobs.length < pageRows) return
  }
}

interface Stored {
  readonly audit: Audit
  readonly blobs: BlobStore
}

/** Looks twice at what seems damaged: garbage collection may have removed it between row and bytes. */
async function damageOf({ audit, blobs }: Stored, blob: Blob): Promise<Damage | undefined> {
  if ((await problemOf(blobs, blob)) === undefined) return undefined
  if (!(await audit.keeps(blob.digest))) return undefined
  const problem = await problemOf(blobs, blob)
  if (problem === undefined) return undefined
  const { digest } = blob
  const [repositories, images] = await Promise.all([audit.holdersOf(digest), audit.usersOf(digest)])
  return { kind: 'blob', digest, problem, repositories, images }
}

async function problemOf(blobs: BlobStore, { digest, size }: Blob): Promise<string | undefined> {
  const found = await blobs.size(digest)
  if (found === undefined) return 'its bytes are missing'
  if (found !== size) return `it has ${found} bytes instead of ${size}`
  try {
    const hash = createHash(digestAlgorithm(digest))
    for await (const chunk of await blobs.read(digest)) hash.update(chunk)
    const hashed = digestOf(digestAlgorithm(digest), hash.digest('hex'))
    return hashed === digest ? undefined : `its bytes hash to ${hashed}`
  } catch (error) {
    if (error instanceof BlobMissingError) return 'its bytes are missing'
    return `it can not be read: ${error instanceof Error ? error.message : String(error)}`
  }
}

function hashOf(digest: Digest, chunks: readonly Uint8Array[]): Digest {
  const hash = createHash(digestAlgorithm(digest))
  for (const chunk of chunks) hash.update(chunk)
  return digestOf(digestAlgorithm(digest), hash.digest('hex'))
}
