import { LifecyclePolicyPreviewNotFoundError } from '../core/lifecycle/errors.ts'
import type { Digest } from '../core/names/digest.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import type { LifecyclePreview, PreviewResult } from '../stores/metadata/lifecycle.ts'
import { findRepository } from './find-repository.ts'
import type { Registry } from './registry.ts'

/** Where a page of results ends: the chunk, and how many of it were passed. */
export interface PreviewPosition {
  readonly place: number
  readonly passed: number
}

export interface PreviewPage {
  readonly results: readonly PreviewResult[]
  /** Undefined at the end. */
  readonly next?: PreviewPosition | undefined
}

/** Chunks looked through for one page, however few of their results are wanted. */
const chunksAtMost = 20

/** @throws RepositoryNotFoundError, LifecyclePolicyPreviewNotFoundError */
export async function getLifecyclePreview(
  registry: Registry,
  key: RepositoryKey,
): Promise<LifecyclePreview & { readonly repositoryId: number }> {
  const { id } = await findRepository(registry, key)
  const preview = await registry.metadata.lifecycle.preview(id)
  if (preview === undefined) throw new LifecyclePolicyPreviewNotFoundError(key)
  return { ...preview, repositoryId: id }
}

/**
 * A page of what a complete preview has found, oldest push first. It may be short, and even empty, while another follows.
 *
 * @param page.isWanted which of the results are shown
 */
export async function readPreviewResults(
  { metadata }: Registry,
  { repositoryId, run }: { readonly repositoryId: number; readonly run: number },
  page: {
    readonly after?: PreviewPosition | undefined
    readonly limit: number
    readonly isWanted: (result: PreviewResult) => boolean
  },
): Promise<PreviewPage> {
  const results: PreviewResult[] = []
  let { place, passed } = page.after ?? { place: Number.MAX_SAFE_INTEGER - 1, passed: 0 }
  for (let chunks = 0; chunks < chunksAtMost; chunks += 1) {
    const chunk = await metadata.lifecycle.previewChunk(repositoryId, run, place + 1)
    if (chunk === undefined) return { results }
    if (chunk.place !== place) passed = 0
    place = chunk.place
    for (const result of chunk.results.toReversed().slice(passed)) {
      if (results.length === page.limit) return { results, next: { place, passed } }
      passed += 1
      if (page.isWanted(result)) results.push(result)
    }
    place -= 1
    passed = 0
  }
  return { results, next: { place, passed } }
}

/** What a complete preview has found on one image, if it is still here and would be acted on. */
export async function findPreviewResult(
  { metadata }: Registry,
  { repositoryId, run }: { readonly repositoryId: number; readonly run: number },
  digest: Digest,
): Promise<PreviewResult | undefined> {
  const image = await metadata.images.find(repositoryId, digest)
  if (image === undefined) return undefined
  const chunks = await metadata.lifecycle.previewChunksAt(repositoryId, run, image.pushedAt)
  return chunks.flatMap(({ results }) => results).find((result) => result.digest === digest)
}
