import {
  GetRegistryScanningConfigurationCommand,
  PutRegistryScanningConfigurationCommand,
  type ScanType,
} from '@aws-sdk/client-ecr'
import Input from '@cloudscape-design/components/input'
import Select from '@cloudscape-design/components/select'
import Tiles from '@cloudscape-design/components/tiles'
import { type ReactNode, useState } from 'react'
import { useAnswer } from '../../api/use-answer.ts'
import { useEcr } from '../../api/use-clients.ts'
import { frequencies, rowsOfScanning, type ScanningRow, scanningOfRows } from '../../format/scanning-rules.ts'
import { inWords } from '../../format/words.ts'
import { Failure } from '../../parts/failure.tsx'
import { Loading } from '../../parts/loading.tsx'
import { type RowField, RowsCard } from '../../parts/rows-card.tsx'

interface Wanted {
  readonly scanType: ScanType
  readonly rows: readonly ScanningRow[]
}

/** Which repositories are scanned, and when. */
export function ScanningTab(): ReactNode {
  const ecr = useEcr()
  const [draft, setDraft] = useState<Wanted>()
  const { data, error, refetch } = useAnswer(['scanning'], () =>
    ecr.send(new GetRegistryScanningConfigurationCommand({})),
  )
  if (error) return <Failure error={error} retry={refetch} />
  if (data === undefined) return <Loading />
  const { scanType: known = 'BASIC', rules = [] } = data.scanningConfiguration ?? {}
  const { scanType, rows } = draft ?? { scanType: known, rows: rowsOfScanning(rules) }
  return (
    <RowsCard<ScanningRow>
      title="Scanning"
      description="Images of these repositories are scanned; of all others when you say so."
      rows={rows}
      onChange={(wanted) => setDraft({ scanType, rows: wanted })}
      isChanged={draft !== undefined}
      discard={() => setDraft(undefined)}
      fields={fieldsOf(scanType)}
      newRow={{ frequency: 'SCAN_ON_PUSH', patterns: '*' }}
      addText="Add repositories"
      emptyText={
        scanType === 'BASIC'
          ? 'Images are scanned on push where their repository says so.'
          : 'No image is scanned.'
      }
      above={
        <Tiles
          ariaLabel="Kind of scanning"
          columns={2}
          value={scanType}
          items={[...kinds]}
          onChange={({ detail }) => setDraft(withKind(rows, detail.value))}
        />
      }
      save={() =>
        ecr.send(new PutRegistryScanningConfigurationCommand({ scanType, rules: scanningOfRows(rows) }))
      }
    />
  )
}

const kinds: readonly { readonly value: ScanType; readonly label: string; readonly description: string }[] = [
  { value: 'BASIC', label: 'Basic', description: "A distribution's packages, once." },
  {
    value: 'ENHANCED',
    label: 'Enhanced',
    description: 'Those of languages too, and again whenever more is known.',
  },
]

/** Rows keep what the other kind of scanning can do. */
function withKind(rows: readonly ScanningRow[], chosen: string): Wanted {
  const scanType = chosen === 'ENHANCED' ? 'ENHANCED' : 'BASIC'
  const can = frequencies[scanType]
  const fit = ({ frequency, patterns }: ScanningRow): ScanningRow => ({
    patterns,
    frequency: can.includes(frequency) ? frequency : 'SCAN_ON_PUSH',
  })
  return { scanType, rows: rows.map(fit) }
}

function fieldsOf(scanType: ScanType): readonly RowField<ScanningRow>[] {
  const options = frequencies[scanType].map((value) => ({ value, label: inWords(value) }))
  return [
    {
      label: 'When',
      control: ({ frequency }, change) => (
        <Select
          ariaLabel="When"
          selectedOption={{ value: frequency, label: inWords(frequency) }}
          options={options}
          onChange={({ detail }) =>
            change({
              frequency:
                frequencies[scanType].find((each) => each === detail.selectedOption.value) ?? frequency,
            })
          }
        />
      ),
    },
    {
      label: 'Repositories like',
      hint: 'With * for anything: team-a/*, *',
      control: ({ patterns }, change) => (
        <Input
          value={patterns}
          ariaLabel="Repositories like"
          spellcheck={false}
          onChange={({ detail }) => change({ patterns: detail.value })}
        />
      ),
    },
  ]
}
