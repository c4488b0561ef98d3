import type { Deployment } from '@aws-sdk/client-ecs'
import Header from '@cloudscape-design/components/header'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import Table from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { inWords } from '../../format/words.ts'
import { Moment } from '../../parts/moment.tsx'
import { nameIn } from './use-ecs.ts'

const looks = { COMPLETED: 'success', FAILED: 'error', IN_PROGRESS: 'in-progress' } as const

/** The deployments of a service, the latest first. */
export function DeploymentsTable({
  deployments,
}: {
  readonly deployments: readonly Deployment[]
}): ReactNode {
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${deployments.length})`}>
          Deployments
        </Header>
      }
      items={deployments}
      columnDefinitions={[
        { id: 'status', header: 'Status', cell: ({ status = '' }) => inWords(status) },
        {
          id: 'rollout',
          header: 'Rollout',
          cell: ({ rolloutState = 'IN_PROGRESS', rolloutStateReason }) => (
            <span title={rolloutStateReason}>
              <StatusIndicator type={looks[rolloutState]}>{inWords(rolloutState)}</StatusIndicator>
            </span>
          ),
        },
        { id: 'definition', header: 'Task definition', cell: ({ taskDefinition }) => nameIn(taskDefinition) },
        {
          id: 'tasks',
          header: 'Running',
          cell: ({ runningCount = 0, desiredCount = 0 }) => `${runningCount} of ${desiredCount}`,
        },
        { id: 'failed', header: 'Failed', cell: ({ failedTasks = 0 }) => failedTasks },
        { id: 'at', header: 'Created at', cell: ({ createdAt }) => <Moment at={createdAt} /> },
      ]}
    />
  )
}
