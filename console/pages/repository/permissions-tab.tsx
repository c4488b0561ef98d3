import {
  DeleteRepositoryPolicyCommand,
  GetRepositoryPolicyCommand,
  SetRepositoryPolicyCommand,
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
      "Sid": "AllowPull",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    }
  ]
}`

/** The repository's own policy: who else may do what with it. */
export function PermissionsTab({ repository: repositoryName }: { readonly repository: string }): ReactNode {
  const ecr = useEcr()
  const { data, error, refetch } = useOptional(['policy', repositoryName], () =>
    ecr.send(new GetRepositoryPolicyCommand({ repositoryName })),
  )
  if (error) return <Failure error={error} retry={refetch} />
  if (data === undefined) return <Loading />
  return (
    <JsonCard
      title="Repository policy"
      description="Who else may pull from or push to this repository, beside what identity policies say."
      text={data?.policyText}
      example={example}
      save={(policyText) => ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }))}
      remove={() => ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName }))}
    />
  )
}
