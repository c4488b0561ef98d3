import type { Service } from '@aws-sdk/client-ecs'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import type { Redeployment } from '../../api/berth-operations.ts'
import { useAction } from '../../api/use-action.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { useBerth } from '../../api/use-clients.ts'
import { Failure } from '../../parts/failure.tsx'

/** Has pushes of tags deploy the service anew, as `berth ecs redeploy` does. */
export function RedeploySwitch({ service }: { readonly service: Service }): ReactNode {
  const { clusterArn = '', serviceName = '' } = service
  const cluster = clusterArn.slice(clusterArn.lastIndexOf('/') + 1)
  const berth = useBerth()
  const { data, error } = useAnswer(['redeploy', cluster, serviceName], async () => {
    const { redeployments } = await berth('ListRedeployments', { cluster, serviceName })
    return redeployments
  })
  const on = useAction((wanted: Redeployment) => berth('PutRedeployment', wanted), {
    done: ({ repositoryName, imageTag }) =>
      `A push of ${repositoryName}:${imageTag} deploys ${serviceName} anew`,
  })
  const off = useAction(
    ({ repositoryName, imageTag }: Redeployment) =>
      berth('DeleteRedeployment', { repositoryName, imageTag, cluster, serviceName }),
    {
      done: ({ repositoryName, imageTag }) => `A push of ${repositoryName}:${imageTag} deploys nothing here`,
    },
  )
  return (
    <Container header={<Header variant="h2">Redeploy on push</Header>}>
      <SpaceBetween size="m">
        <Failure error={error ?? on.error ?? off.error} />
        {data?.map((one) => (
          <SpaceBetween key={one.ruleName} direction="horizontal" size="s" alignItems="center">
            <span>
              Each push of{' '}
              <b>
                {one.repositoryName}:{one.imageTag}
              </b>
              {!one.enabled && `, once the rule ${one.ruleName} is enabled`}
            </span>
            <Button loading={off.isPending} onClick={() => off.mutate(one)}>
              Turn off
            </Button>
          </SpaceBetween>
        ))}
        <NewRedeployment
          pending={on.isPending}
          onAdd={(image) => on.mutate({ ...image, cluster, serviceName })}
        />
      </SpaceBetween>
    </Container>
  )
}

interface NewRedeploymentProps {
  readonly pending: boolean
  readonly onAdd: (image: Pick<Redeployment, 'repositoryName' | 'imageTag'>) => void
}

function NewRedeployment({ pending, onAdd }: NewRedeploymentProps): ReactNode {
  const [repositoryName, setRepositoryName] = useState('')
  const [imageTag, setImageTag] = useState('latest')
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="end">
      <FormField label="Repository">
        <Input
          value={repositoryName}
          placeholder="team/app"
          onChange={({ detail }) => setRepositoryName(detail.value)}
        />
      </FormField>
      <FormField label="Tag">
        <Input value={imageTag} onChange={({ detail }) => setImageTag(detail.value)} />
      </FormField>
      <Button
        disabled={repositoryName === '' || imageTag === ''}
        loading={pending}
        onClick={() => onAdd({ repositoryName, imageTag })}
      >
        Turn on
      </Button>
    </SpaceBetween>
  )
}
