import Box from '@cloudscape-design/components/box'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'

/** What is said in the place of an empty list, with what to do or to type next. */
export function Empty(props: {
  readonly title: string
  readonly next?: ReactNode
  readonly command?: string
}): ReactNode {
  return (
    <Box textAlign="center" padding={{ vertical: 'l' }}>
      <SpaceBetween size="xs">
        <b>{props.title}</b>
        {props.next && <Box color="text-body-secondary">{props.next}</Box>}
        {props.command && <code className="mono">{props.command}</code>}
      </SpaceBetween>
    </Box>
  )
}
