import type { ServiceEvent } from '@aws-sdk/client-ecs'
import Header from '@cloudscape-design/components/header'
import Table from '@cloudscape-design/components/table'
import type { ReactNode } from 'react'
import { Moment } from '../../parts/moment.tsx'

/** What a service tells of itself, latest first. */
export function ServiceEvents({ events }: { readonly events: readonly ServiceEvent[] }): ReactNode {
  return (
    <Table
      header={
        <Header variant="h2" counter={`(${events.length})`}>
          Events
        </Header>
      }
      items={events}
      wrapLines
      columnDefinitions={[
        { id: 'at', header: 'When', cell: ({ createdAt }) => <Moment at={createdAt} />, width: 230 },
        { id: 'message', header: 'Message', cell: ({ message }) => message },
      ]}
    />
  )
}
