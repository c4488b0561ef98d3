import { DescribeTaskDefinitionCommand, DescribeTasksCommand } from '@aws-sdk/client-ecs'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Table from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { useAnswer } from '../../api/use-answer.ts'
import { shortDigest } from '../../format/short-digest.ts'
import { inWords } from '../../format/words.ts'
import { FactsCard } from '../../parts/facts-card.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Loading } from '../../parts/loading.tsx'
import { Moment } from '../../parts/moment.tsx'
import { TaskLogs } from './task-logs.tsx'
import { lookEvery, nameIn, useEcs } from './use-ecs.ts'

/** A task: its containers, and what they wrote. */
export function TaskPage({ cluster, id }: { readonly cluster: string; readonly id: string }): ReactNode {
  const ecs = useEcs()
  const { data, error, refetch } = useAnswer(
    ['task', cluster, id],
    async () => {
      const { tasks, failures } = await ecs.send(new DescribeTasksCommand({ cluster, tasks: [id] }))
      const [task] = tasks ?? []
      if (task === undefined) throw new Error(`There is no such task: ${failures?.[0]?.reason ?? 'MISSING'}`)
      const taskDefinition = task.taskDefinitionArn
      const definition = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }))
      return { task, containers: definition.taskDefinition?.containerDefinitions ?? [] }
    },
    { every: () => lookEvery },
  )
  if (error) return <Failure error={error} retry={refetch} />
  if (data === undefined) return <Loading />
  const { task, containers } = data
  return (
    <ContentLayout header={<Header variant="h1">{id}</Header>}>
      <SpaceBetween size="l">
        <FactsCard
          title="Task"
          facts={{
            'Last status': inWords(task.lastStatus ?? '-'),
            'Desired status': inWords(task.desiredStatus ?? '-'),
            'Task definition': nameIn(task.taskDefinitionArn),
            'Started at': <Moment at={task.startedAt} />,
            'Stopped at': <Moment at={task.stoppedAt} />,
            'Stopped because': task.stoppedReason ?? '-',
            'Started by': task.startedBy ?? '-',
            Group: task.group ?? '-',
          }}
        />
        <Table
          header={<Header variant="h2">Containers</Header>}
          items={task.containers ?? []}
          columnDefinitions={[
            { id: 'name', header: 'Name', cell: ({ name }) => name },
            { id: 'status', header: 'Status', cell: ({ lastStatus = '' }) => inWords(lastStatus) },
            { id: 'image', header: 'Image', cell: ({ image }) => image },
            { id: 'digest', header: 'Digest', cell: ({ imageDigest = '-' }) => shortDigest(imageDigest) },
            { id: 'exit', header: 'Exit code', cell: ({ exitCode }) => exitCode ?? '-' },
            { id: 'reason', header: 'Reason', cell: ({ reason }) => reason ?? '-' },
          ]}
        />
        {containers.map((container) => (
          <TaskLogs key={container.name} container={container} taskId={id} />
        ))}
      </SpaceBetween>
    </ContentLayout>
  )
}
