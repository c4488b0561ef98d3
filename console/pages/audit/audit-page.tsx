import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import type { AuditEvent } from '../../api/berth-operations.ts'
import { useBerth } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { inWords } from '../../format/words.ts'
import { Empty } from '../../parts/empty.tsx'
import { Moment } from '../../parts/moment.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'

/** Who did what, from where, and whether it was allowed. */
export function AuditPage(): ReactNode {
  const berth = useBerth()
  const pages = usePages<AuditEvent>(['audit'], async (nextToken) => {
    const page = await berth('LookupEvents', { nextToken, maxResults: 500 })
    return { items: page.events, nextToken: page.nextToken }
  })
  return (
    <ResourceTable
      title="Audit trail"
      variant="full-page"
      description="Who did what in this account: changes and denials within a second, pulls within a minute."
      pages={pages}
      columns={columns}
      idOf={({ eventId }) => String(eventId)}
      textOf={({ principal, action, resource, outcome, errorCode, sourceAddress }) =>
        [principal, action, resource, outcome, errorCode, sourceAddress].join(' ')
      }
      empty={<Empty title="Nothing was done yet" />}
    />
  )
}

const looks: Readonly<Record<AuditEvent['outcome'], StatusIndicatorProps.Type>> = {
  success: 'success',
  failed: 'warning',
  denied: 'error',
  rejected: 'error',
}

const columns: readonly Column<AuditEvent>[] = [
  {
    id: 'at',
    header: 'When',
    cell: ({ eventTime }) => <Moment at={eventTime} />,
    sortBy: ({ eventTime }) => eventTime,
  },
  { id: 'who', header: 'Who', cell: ({ principal }) => principal, sortBy: ({ principal }) => principal },
  {
    id: 'action',
    header: 'Action',
    cell: ({ action, count }) => (count > 1 ? `${action} (${count} times)` : action),
    sortBy: ({ action }) => action,
  },
  {
    id: 'resource',
    header: 'Resource',
    cell: ({ resource }) => resource,
    sortBy: ({ resource }) => resource,
  },
  {
    id: 'outcome',
    header: 'Outcome',
    cell: ({ outcome, errorCode }) => (
      <StatusIndicator type={looks[outcome]}>{errorCode ?? inWords(outcome)}</StatusIndicator>
    ),
    sortBy: ({ outcome }) => outcome,
  },
  {
    id: 'from',
    header: 'From',
    cell: ({ sourceAddress }) => sourceAddress,
    sortBy: ({ sourceAddress }) => sourceAddress,
  },
  { id: 'agent', header: 'Client', cell: ({ userAgent }) => userAgent ?? '-' },
]
