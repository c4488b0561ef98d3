import {
  CloudWatchLogsClient,
  GetLogEventsCommand,
  type OutputLogEvent,
} from '@aws-sdk/client-cloudwatch-logs'
import type { ContainerDefinition } from '@aws-sdk/client-ecs'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import { type ReactNode, useMemo } from 'react'
import { useOptional } from '../../api/use-answer.ts'
import { clientConfig } from '../../api/use-clients.ts'
import { formatTime } from '../../format/time.ts'
import { Failure } from '../../parts/failure.tsx'
import { useSignedIn } from '../../session/session-context.tsx'

/** The latest lines that a container of a task wrote, where its definition has them kept. */
export function TaskLogs(props: {
  readonly container: ContainerDefinition
  readonly taskId: string
}): ReactNode {
  const { name = '', logConfiguration } = props.container
  const { 'awslogs-group': group = '', 'awslogs-stream-prefix': prefix = '' } =
    logConfiguration?.options ?? {}
  const stream = `${prefix}/${name}/${props.taskId}`
  const { session } = useSignedIn()
  const logs = useMemo(() => new CloudWatchLogsClient(clientConfig(session)), [session])
  const { data, error, refetch } = useOptional(['logs', group, stream], async () =>
    group === ''
      ? null
      : logs.send(new GetLogEventsCommand({ logGroupName: group, logStreamName: stream, limit: 500 })),
  )
  return (
    <Container
      header={
        <Header variant="h2" description={group && `${group} ${stream}`}>
          Output of {name}
        </Header>
      }
    >
      <Failure error={error} retry={refetch} />
      {data?.events?.length ? (
        <pre className="code mono">{data.events.map(lineOf).join('\n')}</pre>
      ) : (
        <Box color="text-body-secondary">
          {group === ''
            ? 'Its definition has no logConfiguration with the driver awslogs.'
            : 'It has written nothing yet.'}
        </Box>
      )}
    </Container>
  )
}

function lineOf({ timestamp = 0, message = '' }: OutputLogEvent): string {
  return `${formatTime(new Date(timestamp))}  ${message}`
}
