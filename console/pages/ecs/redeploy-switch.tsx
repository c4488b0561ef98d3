import type { Service } from '@aws-sdk/client-ecs'
import {
  DeleteRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge'
import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useMemo, useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useAnswer } from '../../api/use-answer.ts'
import { clientConfig } from '../../api/use-clients.ts'
import { redeployRule, targetId } from '../../format/redeploy-rule.ts'
import { Failure } from '../../parts/failure.tsx'
import { useSignedIn } from '../../session/session-context.tsx'

/** Has a push of a tag deploy the service anew: a rule of events, with the service for its target. */
export function RedeploySwitch({ service }: { readonly service: Service }): ReactNode {
  const { serviceArn = '', serviceName = '' } = service
  const { session } = useSignedIn()
  const events = useMemo(() => new EventBridgeClient(clientConfig(session)), [session])
  const [repository, setRepository] = useState('')
  const [tag, setTag] = useState('latest')
  const { data, error } = useAnswer(['redeploy', serviceArn], async () => {
    const { RuleNames = [] } = await events.send(new ListRuleNamesByTargetCommand({ TargetArn: serviceArn }))
    return RuleNames
  })
  const on = useAction(
    async () => {
      const rule = redeployRule(serviceName, { repository, tag })
      await events.send(new PutRuleCommand(rule))
      const targets = [{ Id: targetId, Arn: serviceArn }]
      const { FailedEntries = [] } = await events.send(
        new PutTargetsCommand({ Rule: rule.Name, Targets: targets }),
      )
      const [failure] = FailedEntries
      if (failure)
        throw Object.assign(new Error(failure.ErrorMessage), { name: failure.ErrorCode ?? 'Error' })
    },
    { done: () => `A push of ${repository}:${tag} deploys ${serviceName} anew` },
  )
  const off = useAction(
    async (Rule: string) => {
      await events.send(new RemoveTargetsCommand({ Rule, Ids: [targetId] }))
      await events.send(new DeleteRuleCommand({ Name: Rule }))
    },
    { done: () => 'Pushes deploy nothing any more' },
  )
  return (
    <Container header={<Header variant="h2">Redeploy on push</Header>}>
      <SpaceBetween size="m">
        <Failure error={error ?? on.error ?? off.error} />
        {data?.map((rule) => (
          <SpaceBetween key={rule} direction="horizontal" size="s" alignItems="center">
            <span>
              By rule <b>{rule}</b>
            </span>
            <Button loading={off.isPending} onClick={() => off.mutate(rule)}>
              Turn off
            </Button>
          </SpaceBetween>
        ))}
        {data?.length === 0 && (
          <SpaceBetween direction="horizontal" size="s" alignItems="end">
            <FormField label="Repository">
              <Input
                value={repository}
                placeholder="team/app"
                onChange={({ detail }) => setRepository(detail.value)}
              />
            </FormField>
            <FormField label="Tag">
              <Input value={tag} onChange={({ detail }) => setTag(detail.value)} />
            </FormField>
            <Button
              disabled={repository === '' || tag === ''}
              loading={on.isPending}
              onClick={() => on.mutate(undefined)}
            >
              Turn on
            </Button>
          </SpaceBetween>
        )}
      </SpaceBetween>
    </Container>
  )
}
