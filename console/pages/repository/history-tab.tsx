import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import type { TagChange } from '../../api/berth-operations.ts'
import { useBerth } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { Empty } from '../../parts/empty.tsx'
import { ResourceTable } from '../../parts/resource-table.tsx'
import { changeColumns } from './change-columns.tsx'
import { DeletedImages } from './deleted-images.tsx'

/** What happened to tags and images, and the way back. */
export function HistoryTab({ repository: repositoryName }: { readonly repository: string }): ReactNode {
  const berth = useBerth()
  const pages = usePages<TagChange>(['history', repositoryName], async (nextToken) => {
    const page = await berth('ListTagHistory', { repositoryName, nextToken, maxResults: 1000 })
    return { items: page.changes, nextToken: page.nextToken }
  })
  return (
    <SpaceBetween size="l">
      <DeletedImages repository={repositoryName} />
      <ResourceTable
        title="Changes"
        pages={pages}
        columns={changeColumns(repositoryName)}
        idOf={({ changedAt, imageTag, fromDigest, toDigest }) =>
          [changedAt, imageTag, fromDigest, toDigest].join(' ')
        }
        textOf={({ imageTag, actor, reason, fromDigest, toDigest }) =>
          [imageTag, actor, reason, fromDigest, toDigest].join(' ')
        }
        empty={<Empty title="Nothing happened here yet" />}
      />
    </SpaceBetween>
  )
}
