import {
  type EventBridgeClient,
  ListTargetsByRuleCommand,
  type Rule,
  type Target,
} from '@aws-sdk/client-eventbridge'
import ExpandableSection from '@cloudscape-design/components/expandable-section'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { usePages } from '../../api/use-pages.ts'
import { prettyJson } from '../../format/json.ts'
import { Copyable } from '../../parts/copyable.tsx'
import { Empty } from '../../parts/empty.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'

/** What a rule looks for, and where it sends what it finds. */
export function RuleTargets({
  events,
  rule,
}: {
  readonly events: EventBridgeClient
  readonly rule: Rule
}): ReactNode {
  const pages = usePages<Target>(['targets', rule.Name], async (NextToken) => {
    const page = await events.send(new ListTargetsByRuleCommand({ Rule: rule.Name, NextToken }))
    return { items: page.Targets ?? [], nextToken: page.NextToken }
  })
  return (
    <SpaceBetween size="m">
      <ResourceTable
        title={`Targets of ${rule.Name}`}
        pages={pages}
        columns={columns}
        idOf={({ Id = '' }) => Id}
        empty={<Empty title="This rule sends its events nowhere yet" />}
      />
      {rule.EventPattern && (
        <ExpandableSection headerText="Event pattern" variant="container" defaultExpanded>
          <pre className="code mono">{prettyJson(rule.EventPattern)}</pre>
        </ExpandableSection>
      )}
    </SpaceBetween>
  )
}

const columns: readonly Column<Target>[] = [
  { id: 'id', header: 'Id', cell: ({ Id }) => Id },
  { id: 'arn', header: 'Target', cell: ({ Arn = '' }) => <Copyable text={Arn} name="ARN" /> },
  { id: 'dead', header: 'Dead letters', cell: ({ DeadLetterConfig }) => DeadLetterConfig?.Arn ?? '-' },
]
