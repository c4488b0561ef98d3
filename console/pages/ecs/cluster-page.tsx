import { DescribeServicesCommand, ListServicesCommand, type Service } from '@aws-sdk/client-ecs'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { usePages } from '../../api/use-pages.ts'
import { paths } from '../../app/paths.ts'
import { inWords } from '../../format/words.ts'
import { Empty } from '../../parts/empty.tsx'
import { PageLink } from '../../parts/page-link.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'
import { TasksTable } from './tasks-table.tsx'
import { lookEvery, nameIn, useEcs } from './use-ecs.ts'

/** The services and tasks of a cluster. */
export function ClusterPage({ cluster }: { readonly cluster: string }): ReactNode {
  const ecs = useEcs()
  const services = usePages<Service>(
    ['services', cluster],
    async (nextToken) => {
      const { serviceArns = [], ...page } = await ecs.send(
        new ListServicesCommand({ cluster, nextToken, maxResults: 10 }),
      )
      if (serviceArns.length === 0) return { items: [], nextToken: page.nextToken }
      const described = await ecs.send(new DescribeServicesCommand({ cluster, services: serviceArns }))
      return { items: described.services ?? [], nextToken: page.nextToken }
    },
    { every: lookEvery },
  )
  return (
    <ContentLayout header={<Header variant="h1">{cluster}</Header>}>
      <SpaceBetween size="l">
        <ResourceTable
          title="Services"
          pages={services}
          columns={columnsOf(cluster)}
          idOf={({ serviceName = '' }) => serviceName}
          empty={
            <Empty
              title="No services yet"
              command={`aws ecs create-service --cluster ${cluster} --service-name web --task-definition web --desired-count 1`}
            />
          }
        />
        <TasksTable cluster={cluster} />
      </SpaceBetween>
    </ContentLayout>
  )
}

function columnsOf(cluster: string): readonly Column<Service>[] {
  return [
    {
      id: 'name',
      header: 'Service',
      cell: ({ serviceName = '' }) => (
        <PageLink to={paths.service(cluster, serviceName)}>{serviceName}</PageLink>
      ),
    },
    { id: 'status', header: 'Status', cell: ({ status = '' }) => inWords(status) },
    {
      id: 'tasks',
      header: 'Tasks running',
      cell: ({ runningCount = 0, desiredCount = 0 }) => `${runningCount} of ${desiredCount}`,
    },
    { id: 'definition', header: 'Task definition', cell: ({ taskDefinition }) => nameIn(taskDefinition) },
    {
      id: 'rollout',
      header: 'Deployment',
      cell: ({ deployments }) => inWords(deployments?.[0]?.rolloutState ?? '-'),
    },
  ]
}
