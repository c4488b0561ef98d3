import { type Cluster, DescribeClustersCommand, ListClustersCommand } from '@aws-sdk/client-ecs'
import type { ReactNode } from 'react'
import { usePages } from '../../api/use-pages.ts'
import { paths } from '../../app/paths.ts'
import { inWords } from '../../format/words.ts'
import { Empty } from '../../parts/empty.tsx'
import { PageLink } from '../../parts/page-link.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'
import { useEcs } from './use-ecs.ts'

/** The clusters of the account, and how much runs in each. */
export function ClustersPage(): ReactNode {
  const ecs = useEcs()
  const pages = usePages<Cluster>(['clusters'], async (nextToken) => {
    const { clusterArns = [], ...page } = await ecs.send(new ListClustersCommand({ nextToken }))
    if (clusterArns.length === 0) return { items: [], nextToken: page.nextToken }
    const { clusters = [] } = await ecs.send(new DescribeClustersCommand({ clusters: clusterArns }))
    return { items: clusters, nextToken: page.nextToken }
  })
  return (
    <ResourceTable
      title="Clusters"
      variant="full-page"
      pages={pages}
      columns={columns}
      idOf={({ clusterName = '' }) => clusterName}
      textOf={({ clusterName = '' }) => clusterName}
      empty={<Empty title="No clusters yet" command="aws ecs create-cluster --cluster-name demo" />}
    />
  )
}

const columns: readonly Column<Cluster>[] = [
  {
    id: 'name',
    header: 'Cluster',
    cell: ({ clusterName = '' }) => <PageLink to={paths.cluster(clusterName)}>{clusterName}</PageLink>,
    sortBy: ({ clusterName }) => clusterName,
  },
  { id: 'status', header: 'Status', cell: ({ status = '' }) => inWords(status) },
  { id: 'services', header: 'Services', cell: ({ activeServicesCount = 0 }) => activeServicesCount },
  { id: 'running', header: 'Tasks running', cell: ({ runningTasksCount = 0 }) => runningTasksCount },
  { id: 'pending', header: 'Tasks pending', cell: ({ pendingTasksCount = 0 }) => pendingTasksCount },
]
