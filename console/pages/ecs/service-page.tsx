import { DescribeServicesCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs'
import Button from '@cloudscape-design/components/button'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { inWords } from '../../format/words.ts'
import { FactsCard } from '../../parts/facts-card.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Loading } from '../../parts/loading.tsx'
import { DeploymentsTable } from './deployments-table.tsx'
import { RedeploySwitch } from './redeploy-switch.tsx'
import { ServiceEvents } from './service-events.tsx'
import { TasksTable } from './tasks-table.tsx'
import { lookEvery, nameIn, useEcs } from './use-ecs.ts'

/** A service: how it is, what it deploys, what happened, and whether a push deploys it anew. */
export function ServicePage({
  cluster,
  name,
}: {
  readonly cluster: string
  readonly name: string
}): ReactNode {
  const ecs = useEcs()
  const { data, error, refetch } = useAnswer(
    ['service', cluster, name],
    async () =>
      (await ecs.send(new DescribeServicesCommand({ cluster, services: [name] }))).services?.[0] ?? null,
    { every: () => lookEvery },
  )
  const deploy = useAction(
    () => ecs.send(new UpdateServiceCommand({ cluster, service: name, forceNewDeployment: true })),
    {
      done: () => `${name} is deployed anew`,
    },
  )
  if (error) return <Failure error={error} retry={refetch} />
  if (data === undefined) return <Loading />
  if (data === null) return <Failure error={new Error(`The cluster ${cluster} has no service ${name}`)} />
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <Button loading={deploy.isPending} onClick={() => deploy.mutate(undefined)}>
              Force new deployment
            </Button>
          }
        >
          {name}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Failure error={deploy.error} />
        <FactsCard
          title="Service"
          facts={{
            Status: inWords(data.status ?? '-'),
            'Tasks running': `${data.runningCount ?? 0} of ${data.desiredCount ?? 0}`,
            'Task definition': nameIn(data.taskDefinition),
            Strategy: data.schedulingStrategy && inWords(data.schedulingStrategy),
          }}
        />
        <RedeploySwitch service={data} />
        <DeploymentsTable deployments={data.deployments ?? []} />
        <TasksTable cluster={cluster} service={name} />
        <ServiceEvents events={data.events ?? []} />
      </SpaceBetween>
    </ContentLayout>
  )
}
