import Button from '@cloudscape-design/components/button'
import type { ReactNode } from 'react'
import type { DeletedImage } from '../../api/berth-operations.ts'
import { useAction } from '../../api/use-action.ts'
import { useBerth } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { formatBytes } from '../../format/bytes.ts'
import { shortDigest } from '../../format/short-digest.ts'
import { inWords } from '../../format/words.ts'
import { Copyable } from '../../parts/copyable.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Moment } from '../../parts/moment.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'

/** Images that were deleted and can be brought back. */
export function DeletedImages({ repository: repositoryName }: { readonly repository: string }): ReactNode {
  const berth = useBerth()
  const pages = usePages<DeletedImage>(['deleted', repositoryName], async (nextToken) => {
    const page = await berth('ListDeletedImages', { repositoryName, nextToken, maxResults: 1000 })
    return { items: page.images, nextToken: page.nextToken }
  })
  const restore = useAction(
    async (images: readonly DeletedImage[]) => {
      for (const { imageDigest } of images)
        await berth('RestoreImage', { repositoryName, imageDigest, restoreTags: true })
    },
    {
      done: (images) =>
        `Restored ${images.length === 1 ? 'the image' : `${images.length} images`} with its tags`,
    },
  )
  return (
    <>
      <Failure error={restore.error} />
      <ResourceTable
        title="Deleted images"
        description="They can be restored until garbage collection takes them."
        pages={pages}
        columns={columns}
        idOf={({ imageDigest }) => imageDigest}
        selection="multi"
        empty={<Empty title="Nothing to restore" />}
        actions={(selected) => (
          <Button
            disabled={selected.length === 0}
            loading={restore.isPending}
            onClick={() => restore.mutate(selected)}
          >
            Restore
          </Button>
        )}
      />
    </>
  )
}

const columns: readonly Column<DeletedImage>[] = [
  { id: 'tags', header: 'Tags it had', cell: ({ imageTags }) => imageTags.join(', ') || '<untagged>' },
  {
    id: 'digest',
    header: 'Digest',
    cell: ({ imageDigest }) => <Copyable text={imageDigest} shown={shortDigest(imageDigest)} name="digest" />,
  },
  { id: 'size', header: 'Size', cell: ({ imageSizeInBytes }) => formatBytes(imageSizeInBytes) },
  {
    id: 'at',
    header: 'Deleted at',
    cell: ({ deletedAt }) => <Moment at={deletedAt} />,
    sortBy: ({ deletedAt }) => deletedAt,
  },
  { id: 'reason', header: 'By', cell: ({ reason }) => inWords(reason) },
  { id: 'until', header: 'Restorable until', cell: ({ restorableUntil }) => <Moment at={restorableUntil} /> },
]
