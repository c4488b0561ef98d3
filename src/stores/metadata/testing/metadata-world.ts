import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll } from 'vitest'
import type { Blob } from '../../../core/images/blob.ts'
import type { Image } from '../../../core/images/image.ts'
import type { Upload } from '../../../core/images/upload.ts'
import { parseAccountId } from '../../../core/names/account-id.ts'
import { type Digest, digestOf } from '../../../core/names/digest.ts'
import { parseRegion } from '../../../core/names/region.ts'
import type { RepositoryKey } from '../../../core/names/registry-key.ts'
import { parseRepositoryName } from '../../../core/names/repository-name.ts'
import { parseTag, type Tag } from '../../../core/names/tag.ts'
import type { Repository } from '../../../core/repositories/repository.ts'
import type { NewImage } from '../images.ts'
import type { MetadataStore } from '../metadata-store.ts'

/** Opens an empty metadata store that goes with its data when it is disposed of. */
export type OpenMetadata = () => Promise<TestMetadata>

export interface TestMetadata extends AsyncDisposable {
  readonly store: MetadataStore
  /** Closes the store and opens the same data again. */
  reopen(): Promise<MetadataStore>
  /** Runs a statement behind the store's back. */
  execute(statement: string): Promise<void>
}

/** Opens a store for all tests of the block it is called in, lends it to `use`, and closes it after them. */
export function openForAll(open: OpenMetadata, use: (opened: TestMetadata) => void | Promise<void>): void {
  let opened: TestMetadata | undefined
  beforeAll(async () => {
    opened = await open()
    await use(opened)
  })
  afterAll(() => opened?.[Symbol.asyncDispose]())
}

export const noon = new Date('2026-03-01T12:00:00.000Z')

export function secondsAfterNoon(seconds: number): Date {
  return new Date(noon.getTime() + seconds * 1000)
}

export function keyOf(name: string, account = '000000000000', region = 'us-east-1'): RepositoryKey {
  return {
    account: parseAccountId(account),
    region: parseRegion(region),
    name: parseRepositoryName(name),
  }
}

export function newRepository(key: RepositoryKey): Omit<Repository, 'id'> {
  return {
    ...key,
    createdAt: noon,
    tagMutability: { mode: 'MUTABLE', exclusions: [] },
    scanOnPush: false,
    encryption: { type: 'AES256' },
  }
}

/** Adds a repository and answers its id. */
export async function addRepository(
  store: MetadataStore,
  key: RepositoryKey = keyOf('team/app'),
): Promise<number> {
  const repository = await store.write((tx) => tx.repositories.add(newRepository(key)))
  if (!repository) throw new Error(`${key.name} is there already`)
  return repository.id
}

export function digestFor(text: string): Digest {
  return digestOf('sha256', createHash('sha256').update(text).digest('hex'))
}

export function tagsOf(...names: readonly string[]): Tag[] {
  return names.map(parseTag)
}

/** An image whose digest is that of its name. */
export function newImage(name: string, facts: Partial<Image> & Partial<NewImage> = {}): NewImage {
  const { content = Buffer.from(name), blobs = [], absentBlobs = [], children = [], ...rest } = facts
  const image: Image = {
    digest: digestFor(name),
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    manifestBytes: content.byteLength,
    sizeInBytes: 1234,
    pushedAt: noon,
    storage: 'ACTIVE',
    ...rest,
  }
  return { image, content, blobs, absentBlobs, children }
}

/** Adds an image under these tags and answers its digest. */
export async function addImage(
  store: MetadataStore,
  repositoryId: number,
  name: string,
  options: Parameters<typeof newImage>[1] & { readonly tags?: readonly string[] } = {},
): Promise<Digest> {
  const { tags = [], ...facts } = options
  const image = newImage(name, facts)
  await store.write(async (tx) => {
    await tx.images.add(repositoryId, image)
    for (const tag of tagsOf(...tags)) await tx.tags.put(repositoryId, tag, image.image.digest, noon)
  })
  return image.image.digest
}

export async function addBlob(store: MetadataStore, repositoryId: number, name: string): Promise<Blob> {
  const blob = { digest: digestFor(name), size: name.length }
  await store.write((tx) => tx.blobLinks.add(repositoryId, blob, noon))
  return blob
}

export async function addUpload(store: MetadataStore, repositoryId: number): Promise<Upload> {
  const upload = { id: randomUUID(), repositoryId, startedAt: noon, parts: 0 }
  await store.write((tx) => tx.uploads.add(upload))
  return upload
}

/** Walks all pages, from the first row to the page that is shorter than it might be. */
export async function allPages<Row, Cursor>(
  readPage: (page: { readonly after: Cursor | undefined; readonly limit: number }) => Promise<readonly Row[]>,
  options: {
    readonly limit: number
    readonly cursorOf: (row: Row) => Cursor
    /** Whatever others do between two pages. */
    readonly meanwhile?: (() => Promise<void>) | undefined
  },
): Promise<Row[]> {
  const { limit, cursorOf, meanwhile } = options
  const rows: Row[] = []
  for (;;) {
    const last = rows.at(-1)
    const page = await readPage({ after: last && cursorOf(last), limit })
    rows.push(...page)
    if (page.length < limit) return rows
    await meanwhile?.()
  }
}

export function inByteOrder<Name extends string>(names: readonly Name[]): Name[] {
  return names.toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
}
