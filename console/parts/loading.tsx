import Box from '@cloudscape-design/components/box'
import Spinner from '@cloudscape-design/components/spinner'
import type { ReactNode } from 'react'

export function Loading(): ReactNode {
  return (
    <Box textAlign="center" padding="xxl">
      <Spinner size="large" />
    </Box>
  )
}
