import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'

/** What can be done with a setting that was changed on the page: let go of the change, or save it. */
export function DraftActions(props: {
  readonly isChanged: boolean
  /** Whether what it would be is whole; it is unless told. */
  readonly isWhole?: boolean
  readonly isSaving: boolean
  readonly onDiscard: () => void
  readonly onSave: () => void
}): ReactNode {
  const { isChanged, isWhole = true } = props
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {isChanged && <Button onClick={props.onDiscard}>Discard</Button>}
      <Button
        variant="primary"
        disabled={!isChanged || !isWhole}
        loading={props.isSaving}
        onClick={props.onSave}
      >
        Save
      </Button>
    </SpaceBetween>
  )
}
