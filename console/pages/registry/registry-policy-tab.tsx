import {
  DeleteRegistryPolicyCommand,
  GetRegistryPolicyCommand,
  PutRegistryPolicyCommand,
} from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { useOptional } from '../../api/use-answer.ts'
import { useEcr } from '../../api/use-clients.ts'
import { Failure } from '../../parts/failure.tsx'
import { JsonCard } from '../../parts/json-card.tsx'
import { Loading } from '../../parts/loading.tsx'

const example = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "ReplicationFromAnotherAccount",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": ["ecr:CreateRepository", "ecr:ReplicateImage"],
      "Resource": "*"
    }
  ]
}`

/** The registry's own policy. */
export function RegistryPolicyTab(): ReactNode {
  const ecr = useEcr()
  const { data, error, refetch } = useOptional(['registry-policy'], () =>
    ecr.send(new GetRegistryPolicyCommand({})),
  )
  if (error) return <Failure error={error} retry={refetch} />
  if (data === undefined) return <Loading />
  return (
    <JsonCard
      title="Registry policy"
      description="Who may replicate into this registry, or pull through its cache."
      text={data?.policyText}
      example={example}
      save={(policyText) => ecr.send(new PutRegistryPolicyCommand({ policyText }))}
      remove={() => ecr.send(new DeleteRegistryPolicyCommand({}))}
    />
  )
}
