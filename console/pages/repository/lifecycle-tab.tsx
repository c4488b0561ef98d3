import { DeleteLifecyclePolicyCommand, GetLifecyclePolicyCommand } from '@aws-sdk/client-ecr'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { useOptional } from '../../api/use-answer.ts'
import { useBerth, useEcr } from '../../api/use-clients.ts'
import { jsonProblem } from '../../format/json.ts'
import { Failure } from '../../parts/failure.tsx'
import { JsonCard } from '../../parts/json-card.tsx'
import { Loading } from '../../parts/loading.tsx'
import { LifecyclePreview } from './lifecycle-preview.tsx'
import { RuleBuilder } from './rule-builder.tsx'

const example = `{
  "rules": [
    {
      "rulePriority": 1,
      "description": "Untagged images go after two weeks",
      "selection": { "tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 14 },
      "action": { "type": "expire" }
    }
  ]
}`

/** The lifecycle policy, and what it would do to each image. */
export function LifecycleTab({ repository: repositoryName }: { readonly repository: string }): ReactNode {
  const ecr = useEcr()
  const berth = useBerth()
  const [tried, setTried] = useState<string>()
  const { data, error, refetch } = useOptional(['lifecycle', repositoryName], () =>
    ecr.send(new GetLifecyclePolicyCommand({ repositoryName })),
  )
  if (error) return <Failure error={error} retry={refetch} />
  if (data === undefined) return <Loading />
  return (
    <SpaceBetween size="l">
      <JsonCard
        title="Lifecycle policy"
        description="Rules that delete or archive images by themselves. ECR’s language, and Berth’s action “keep”."
        text={data?.lifecyclePolicyText}
        example={example}
        save={(lifecyclePolicyText) => berth('PutLifecyclePolicy', { repositoryName, lifecyclePolicyText })}
        remove={() => ecr.send(new DeleteLifecyclePolicyCommand({ repositoryName }))}
        more={(draft, setDraft) => (
          <SpaceBetween size="m">
            <RuleBuilder policy={draft} onChange={setDraft} />
            <Button
              iconName="search"
              disabled={draft === '' || jsonProblem(draft) !== undefined}
              onClick={() => setTried(draft)}
            >
              Try it: what would it do?
            </Button>
          </SpaceBetween>
        )}
      />
      {tried !== undefined && <LifecyclePreview key={tried} repository={repositoryName} policy={tried} />}
    </SpaceBetween>
  )
}
