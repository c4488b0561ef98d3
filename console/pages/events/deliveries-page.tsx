import Button from '@cloudscape-design/components/button'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import type { ReactNode } from 'react'
import type { Delivery } from '../../api/berth-operations.ts'
import { useAction } from '../../api/use-action.ts'
import { useBerth } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { inWords } from '../../format/words.ts'
import { Empty } from '../../parts/empty.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Moment } from '../../parts/moment.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'

/** What is on its way to targets and subscribers, and what became of it. */
export function DeliveriesPage(): ReactNode {
  const berth = useBerth()
  const pages = usePages<Delivery>(['deliveries'], async (nextToken) => {
    const page = await berth('ListDeliveries', { nextToken, maxResults: 500 })
    return { items: page.deliveries, nextToken: page.nextToken }
  })
  const replay = useAction(
    async (deliveries: readonly Delivery[]) => {
      for (const { deliveryId } of deliveries) await berth('ReplayDelivery', { deliveryId })
    },
    { done: (deliveries) => `${deliveries.length} tried anew` },
  )
  return (
    <>
      <Failure error={replay.error} />
      <ResourceTable
        title="Deliveries"
        variant="full-page"
        description="Kept for a week after their end."
        pages={pages}
        columns={columns}
        idOf={({ deliveryId }) => String(deliveryId)}
        textOf={({ receiver, state, kind, answer }) => [receiver, state, kind, answer].join(' ')}
        selection="multi"
        empty={
          <Empty
            title="Nothing was sent yet"
            next="A rule with a target, or a topic with a subscriber, makes deliveries."
          />
        }
        actions={(selected) => (
          <Button
            disabled={selected.length === 0}
            loading={replay.isPending}
            onClick={() => replay.mutate(selected)}
          >
            Try anew
          </Button>
        )}
      />
    </>
  )
}

const looks = { waiting: 'pending', delivered: 'success', dead: 'error' } as const

const columns: readonly Column<Delivery>[] = [
  {
    id: 'at',
    header: 'Made at',
    cell: ({ createdAt }) => <Moment at={createdAt} />,
    sortBy: ({ createdAt }) => createdAt,
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ state }) => <StatusIndicator type={looks[state]}>{inWords(state)}</StatusIndicator>,
    sortBy: ({ state }) => state,
  },
  { id: 'kind', header: 'Kind', cell: ({ kind }) => inWords(kind), sortBy: ({ kind }) => kind },
  {
    id: 'receiver',
    header: 'Receiver',
    cell: ({ receiver }) => receiver,
    sortBy: ({ receiver }) => receiver,
  },
  { id: 'attempts', header: 'Tries', cell: ({ attempts }) => attempts, sortBy: ({ attempts }) => attempts },
  { id: 'next', header: 'Next try', cell: ({ nextAttemptAt }) => <Moment at={nextAttemptAt} /> },
  { id: 'answer', header: 'Latest answer', cell: ({ answer }) => answer ?? '-' },
]
