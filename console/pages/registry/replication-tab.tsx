import { DescribeRegistryCommand, PutReplicationConfigurationCommand } from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { useAnswer } from '../../api/use-answer.ts'
import { useEcr } from '../../api/use-clients.ts'
import { Failure } from '../../parts/failure.tsx'
import { JsonCard } from '../../parts/json-card.tsx'
import { Loading } from '../../parts/loading.tsx'

/** Where images are copied to when they are pushed. */
export function ReplicationTab(): ReactNode {
  const ecr = useEcr()
  const { data, error, refetch } = useAnswer(['registry'], () => ecr.send(new DescribeRegistryCommand({})))
  if (error) return <Failure error={error} retry={refetch} />
  if (data === undefined) return <Loading />
  return (
    <JsonCard
      title="Replication configuration"
      description="Rules with destinations, each a region and an account (registryId), and filters for repositories (PREFIX_MATCH)."
      text={JSON.stringify(data.replicationConfiguration)}
      example=""
      save={(text) =>
        ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration: JSON.parse(text) }))
      }
    />
  )
}
