import { DescribeTasksCommand, ListTasksCommand, type Task } from '@aws-sdk/client-ecs'
import type { ReactNode } from 'react'
import { usePages } from '../../api/use-pages.ts'
import { paths } from '../../app/paths.ts'
import { inWords } from '../../format/words.ts'
import { Empty } from '../../parts/empty.tsx'
import { Moment } from '../../parts/moment.tsx'
import { PageLink } from '../../parts/page-link.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'
import { lookEvery, nameIn, useEcs } from './use-ecs.ts'

/** The tasks of a cluster or of one of its services: what runs, then what has stopped lately. */
export function TasksTable({
  cluster,
  service,
}: {
  readonly cluster: string
  readonly service?: string
}): ReactNode {
  const ecs = useEcs()
  const pages = usePages<Task>(
    ['tasks', cluster, service],
    async () => {
      const of = { cluster, ...(service !== undefined && { serviceName: service }) }
      const lists = await Promise.all([
        ecs.send(new ListTasksCommand({ ...of, desiredStatus: 'RUNNING' })),
        ecs.send(new ListTasksCommand({ ...of, desiredStatus: 'STOPPED' })),
      ])
      const arns = lists.flatMap(({ taskArns = [] }) => taskArns).slice(0, 100)
      if (arns.length === 0) return { items: [], nextToken: undefined }
      const { tasks = [] } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: arns }))
      return { items: tasks, nextToken: undefined }
    },
    { every: lookEvery },
  )
  return (
    <ResourceTable
      title="Tasks"
      description="What runs, and what stopped within the last hour."
      pages={pages}
      columns={columnsOf(cluster)}
      idOf={({ taskArn = '' }) => taskArn}
      empty={
        <Empty title="No tasks" command={`aws ecs run-task --cluster ${cluster} --task-definition web`} />
      }
    />
  )
}

function columnsOf(cluster: string): readonly Column<Task>[] {
  return [
    {
      id: 'id',
      header: 'Task',
      cell: ({ taskArn }) => <PageLink to={paths.task(cluster, nameIn(taskArn))}>{nameIn(taskArn)}</PageLink>,
    },
    {
      id: 'status',
      header: 'Last status',
      cell: ({ lastStatus = '' }) => inWords(lastStatus),
      sortBy: ({ lastStatus }) => lastStatus,
    },
    {
      id: 'definition',
      header: 'Task definition',
      cell: ({ taskDefinitionArn }) => nameIn(taskDefinitionArn),
    },
    {
      id: 'started',
      header: 'Started at',
      cell: ({ startedAt }) => <Moment at={startedAt} />,
      sortBy: ({ startedAt }) => startedAt?.getTime(),
    },
    { id: 'why', header: 'Stopped because', cell: ({ stoppedReason }) => stoppedReason ?? '-' },
  ]
}
