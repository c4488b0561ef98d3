import type { Digest } from '../../core/names/digest.ts'
import type { RepositoryKey } from '../../core/names/registry-key.ts'
import type { LinkPosition, UnneededLink } from '../../stores/metadata/garbage.ts'
import { type Sweep, stretchRows } from './sweep.ts'

/** Links of one repository removed in one transaction. */
const linksAtOnce = 100

interface Portion {
  readonly repositoryId: number
  readonly repository: RepositoryKey
  readonly digests: readonly Digest[]
}

/** Takes blobs out of the repositories where nothing needs them and nobody has relied on them for the grace period. */
export async function removeUnneededLinks(sweep: Sweep): Promise<void> {
  const { registry, before } = sweep
  let after: LinkPosition | undefined
  do {
    const { items, end } = await registry.metadata.garbage.unneededLinks(before, {
      after,
      limit: stretchRows,
    })
    for (const portion of portionsOf(items)) {
      await removePortion(sweep, portion)
      await sweep.rest()
    }
    after = end
    await sweep.rest()
  } while (after !== undefined)
}

/** The lock keeps away pushes that need the blobs; what they needed before it is asked again. */
async function removePortion({ registry, before, tally }: Sweep, portion: Portion): Promise<void> {
  const { repository, repositoryId, digests } = portion
  tally.links += await registry.metadata.write(async (tx) => {
    const locked = await tx.repositories.lock(repository)
    if (locked?.id !== repositoryId) return 0
    return tx.garbage.removeUnneededLinks(repositoryId, digests, before)
  })
}

function portionsOf(links: readonly UnneededLink[]): Portion[] {
  const byRepository = Map.groupBy(links, ({ repositoryId }) => repositoryId)
  return [...byRepository].flatMap(([repositoryId, [first, ...rest]]) => {
    if (first === undefined) return []
    const { repository } = first
    const digests = [first, ...rest].map(({ blob }) => blob.digest)
    return chunksOf(digests, linksAtOnce).map((chunk) => ({ repositoryId, repository, digests: chunk }))
  })
}

function chunksOf<Item>(items: readonly Item[], length: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
    items.slice(index * length, (index + 1) * length),
  )
}
