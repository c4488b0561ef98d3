import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { FormEvent, ReactNode } from 'react'
import { Failure } from './failure.tsx'

/** Fields in a window before the page, sent by its button or the Enter key. */
export function FormDialog(props: {
  readonly title: string
  /** What the button says. */
  readonly verb: string
  readonly isWhole: boolean
  readonly isBusy: boolean
  readonly error: unknown
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}): ReactNode {
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (props.isWhole) props.onSubmit()
  }
  return (
    <Modal
      visible
      header={props.title}
      onDismiss={props.onClose}
      closeAriaLabel="Close"
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={props.onClose}>
              Cancel
            </Button>
            <Button
              variant="primary"
              loading={props.isBusy}
              disabled={!props.isWhole}
              onClick={props.onSubmit}
            >
              {props.verb}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form onSubmit={submit}>
        <SpaceBetween size="l">
          {props.children}
          <Failure error={props.error} />
        </SpaceBetween>
      </form>
    </Modal>
  )
}
