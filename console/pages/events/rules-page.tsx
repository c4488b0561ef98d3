import { EventBridgeClient, ListRulesCommand, type Rule } from '@aws-sdk/client-eventbridge'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { type ReactNode, useMemo, useState } from 'react'
import { clientConfig } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { inWords } from '../../format/words.ts'
import { Empty } from '../../parts/empty.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'
import { useSignedIn } from '../../session/session-context.tsx'
import { RuleTargets } from './rule-targets.tsx'

/** The rules of the default bus, and where each sends its events. */
export function RulesPage(): ReactNode {
  const { session } = useSignedIn()
  const events = useMemo(() => new EventBridgeClient(clientConfig(session)), [session])
  const [opened, setOpened] = useState<Rule>()
  const pages = usePages<Rule>(['rules'], async (NextToken) => {
    const page = await events.send(new ListRulesCommand({ NextToken }))
    return { items: page.Rules ?? [], nextToken: page.NextToken }
  })
  const shown = opened ?? pages.items[0]
  return (
    <>
      <ResourceTable
        title="Rules"
        variant="full-page"
        description="Which events of the default bus go where."
        pages={pages}
        columns={columns}
        idOf={({ Name = '' }) => Name}
        textOf={({ Name, Description, EventPattern }) => [Name, Description, EventPattern].join(' ')}
        onOpen={setOpened}
        empty={
          <Empty
            title="No rules yet"
            next="A rule sends events of pushes, scans and deployments to topics, queues, services and web hooks:"
            command={`aws events put-rule --name pushes --event-pattern '{"source":["aws.ecr"]}'`}
          />
        }
      />
      {shown && <RuleTargets key={shown.Name} events={events} rule={shown} />}
    </>
  )
}

const columns: readonly Column<Rule>[] = [
  { id: 'name', header: 'Name', cell: ({ Name }) => Name, sortBy: ({ Name }) => Name, opens: true },
  {
    id: 'state',
    header: 'State',
    cell: ({ State = '' }) => (
      <StatusIndicator type={State === 'DISABLED' ? 'stopped' : 'success'}>{inWords(State)}</StatusIndicator>
    ),
    sortBy: ({ State }) => State,
  },
  { id: 'kind', header: 'Goes by', cell: ({ ScheduleExpression }) => ScheduleExpression ?? 'Event pattern' },
  { id: 'description', header: 'Description', cell: ({ Description }) => Description ?? '-' },
]
