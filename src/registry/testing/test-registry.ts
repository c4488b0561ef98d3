import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExtraEvent } from '../../core/events/extra-events.ts'
import type { Cause } from '../../core/images/cause.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRegion } from '../../core/names/region.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import { parseRepositoryName } from '../../core/names/repository-name.ts'
import type { Repository, TagMutabilitySetting } from '../../core/repositories/repository.ts'
import type { OutboundClient } from '../../outbound/outbound-client.ts'
import type { BlobStore } from '../../stores/blobs/blob-store.ts'
import { openFileBlobStore } from '../../stores/blobs/file-blob-store.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../../stores/metadata/sqlite.ts'
import { hearAll } from '../../stores/metadata/testing/hear-all.ts'
import { createRegistry } from '../create-registry.ts'
import { createRepository } from '../create-repository.ts'
import type { UpstreamSettings } from '../pull-through/upstreams.ts'
import type { GarbageRules, Quotas, Registry } from '../registry.ts'

/** Who does what in tests that don't ask. */
export const cause: Cause = { actor: 'arn:aws:iam::000000000000:root', reason: 'push' }

export const mutable: TagMutabilitySetting = { mode: 'MUTABLE', exclusions: [] }
export const immutable: TagMutabilitySetting = { mode: 'IMMUTABLE', exclusions: [] }

interface WorldOptions {
  readonly quotas?: Partial<Quotas>
  readonly garbage?: Partial<GarbageRules>
  readonly extraEvents?: readonly ExtraEvent[]
  /** When the clock starts. Files have the age that the system says, whatever this clock does. */
  readonly startAt?: Date
  readonly cacheTtl?: number
  /** The way to other servers, which the world closes, and what upstream registries may be. */
  readonly outbound?: OutboundClient
  readonly upstreams?: UpstreamSettings
  /** Puts something between the registry and its stores, such as a disk that fails. */
  readonly metadata?: (store: MetadataStore) => MetadataStore
  readonly blobs?: (store: BlobStore) => BlobStore
}

/** A registry on real stores in a temporary folder, at a time of the test's choosing. */
export interface TestRegistry extends AsyncDisposable {
  readonly registry: Registry
  /** Errors that no caller could be told. */
  readonly errors: unknown[]
  /** Lets so many milliseconds pass. */
  pass(milliseconds: number): void
  /** A second registry over the same stores, as in another process. */
  sibling(options: { readonly cacheTtl: number }): Registry & AsyncDisposable
}

export async function openTestRegistry(options: WorldOptions = {}): Promise<TestRegistry> {
  await using closing = new AsyncDisposableStack()
  const clock = { now: options.startAt ?? new Date('2026-03-01T08:00:00.000Z') }
  const errors: unknown[] = []
  const folder = closing.use(await mkdtempDisposable(join(tmpdir(), 'berth-registry-')))
  const metadata = closing.use(await openSqliteMetadata({ file: join(folder.path, 'berth.db') }))
  const blobs = closing.use(await openFileBlobStore({ folder: folder.path }))
  await hearAll(metadata, keyOf('any'))
  const shared = {
    metadata: options.metadata?.(metadata) ?? metadata,
    blobs: options.blobs?.(blobs) ?? blobs,
    ...(options.quotas && { quotas: options.quotas }),
    ...(options.garbage && { garbage: options.garbage }),
    ...(options.extraEvents && { extraEvents: options.extraEvents }),
    ...(options.outbound && { outbound: closing.use(options.outbound) }),
    ...(options.upstreams && { upstreams: options.upstreams }),
    now: () => clock.now,
    newId: () => crypto.randomUUID(),
    onError: (error: unknown) => errors.push(error),
  }
  const registry = closing.use(
    createRegistry({ ...shared, cacheTtl: options.cacheTtl ?? Number.POSITIVE_INFINITY }),
  )
  const stack = closing.move()
  return {
    registry,
    errors,
    pass: (milliseconds) => {
      clock.now = new Date(clock.now.getTime() + milliseconds)
    },
    sibling: ({ cacheTtl }) => createRegistry({ ...shared, cacheTtl }),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

export function keyOf(name: string, account = '000000000000', region = 'us-east-1'): RepositoryKey {
  return {
    account: parseAccountId(account),
    region: parseRegion(region),
    name: parseRepositoryName(name),
  }
}

/** A repository with ECR's defaults but for its tag mutability. */
export function makeRepository(
  registry: Registry,
  key: RepositoryKey,
  tagMutability: TagMutabilitySetting = mutable,
): Promise<Repository> {
  return createRepository(registry, {
    key,
    tagMutability,
    scanOnPush: false,
    encryption: { type: 'AES256' },
    resourceTags: new Map(),
  })
}
