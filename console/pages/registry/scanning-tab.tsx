import {
  GetRegistryScanningConfigurationCommand,
  PutRegistryScanningConfigurationCommand,
} from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { useAnswer } from '../../api/use-answer.ts'
import { useEcr } from '../../api/use-clients.ts'
import { Failure } from '../../parts/failure.tsx'
import { JsonCard } from '../../parts/json-card.tsx'
import { Loading } from '../../parts/loading.tsx'

/** Which repositories are scanned, and when. */
export function ScanningTab(): ReactNode {
  const ecr = useEcr()
  const { data, error, refetch } = useAnswer(['scanning'], () =>
    ecr.send(new GetRegistryScanningConfigurationCommand({})),
  )
  if (error) return <Failure error={error} retry={refetch} />
  if (data === undefined) return <Loading />
  return (
    <JsonCard
      title="Scanning configuration"
      description="BASIC or ENHANCED; which repositories are scanned on push, continuously (CONTINUOUS_SCAN) or when you say so (MANUAL)."
      text={JSON.stringify(data.scanningConfiguration)}
      example=""
      save={(text) => ecr.send(new PutRegistryScanningConfigurationCommand(JSON.parse(text)))}
    />
  )
}
