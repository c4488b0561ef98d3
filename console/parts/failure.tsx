import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import type { ReactNode } from 'react'
import { explainError } from '../api/explain-error.ts'

/** What went wrong, in the API's words; nothing while nothing did. */
export function Failure(props: { readonly error: unknown; readonly retry?: () => void }): ReactNode {
  if (!props.error) return null
  const again = props.retry && <Button onClick={props.retry}>Try again</Button>
  return (
    <Alert type="error" action={again}>
      {explainError(props.error)}
    </Alert>
  )
}
