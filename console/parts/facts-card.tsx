import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import type { ReactNode } from 'react'

/** Names and values of one thing. */
export function FactsCard(props: {
  readonly title: string
  readonly facts: Readonly<Record<string, ReactNode>>
  readonly actions?: ReactNode
}): ReactNode {
  return (
    <Container
      header={
        <Header variant="h2" actions={props.actions}>
          {props.title}
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={Object.entries(props.facts).map(([label, value]) => ({ label, value: value ?? '-' }))}
      />
    </Container>
  )
}
