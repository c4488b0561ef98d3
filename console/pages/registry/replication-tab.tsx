import { DescribeRegistryCommand, PutReplicationConfigurationCommand } from '@aws-sdk/client-ecr'
import Input from '@cloudscape-design/components/input'
import { type ReactNode, useState } from 'react'
import { useAnswer } from '../../api/use-answer.ts'
import { useEcr } from '../../api/use-clients.ts'
import { type DestinationRow, rowsOfRules, rulesOfRows } from '../../format/replication-rules.ts'
import { Failure } from '../../parts/failure.tsx'
import { Loading } from '../../parts/loading.tsx'
import { type RowField, RowsCard } from '../../parts/rows-card.tsx'
import { RegionInput } from './region-input.tsx'

/** Where images are copied to when they are pushed. */
export function ReplicationTab(): ReactNode {
  const ecr = useEcr()
  const [draft, setDraft] = useState<readonly DestinationRow[]>()
  const { data, error, refetch } = useAnswer(['registry'], () => ecr.send(new DescribeRegistryCommand({})))
  if (error) return <Failure error={error} retry={refetch} />
  if (data === undefined) return <Loading />
  const { registryId = '', replicationConfiguration } = data
  const rows = draft ?? rowsOfRules(replicationConfiguration?.rules ?? [])
  return (
    <RowsCard
      title="Replication"
      description="Each push of these repositories is copied to these registries. Another account must allow it by its registry policy."
      rows={rows}
      onChange={setDraft}
      isChanged={draft !== undefined}
      discard={() => setDraft(undefined)}
      fields={fields}
      newRow={{ region: '', registryId, prefixes: '' }}
      addText="Add destination"
      emptyText="Images are copied nowhere."
      save={() =>
        ecr.send(
          new PutReplicationConfigurationCommand({ replicationConfiguration: { rules: rulesOfRows(rows) } }),
        )
      }
    />
  )
}

const fields: readonly RowField<DestinationRow>[] = [
  {
    label: 'Region',
    control: ({ region }, change) => (
      <RegionInput value={region} onChange={(wanted) => change({ region: wanted })} />
    ),
  },
  {
    label: 'Account',
    control: ({ registryId }, change) => (
      <Input
        value={registryId}
        ariaLabel="Account"
        inputMode="numeric"
        onChange={({ detail }) => change({ registryId: detail.value })}
      />
    ),
  },
  {
    label: 'Repositories that begin with',
    hint: 'All of them if empty.',
    control: ({ prefixes }, change) => (
      <Input
        value={prefixes}
        ariaLabel="Repositories that begin with"
        placeholder="team-a/, team-b/"
        spellcheck={false}
        onChange={({ detail }) => change({ prefixes: detail.value })}
      />
    ),
  },
]
