import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import Modal from '@cloudscape-design/components/modal'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Failure } from './failure.tsx'

const word = 'delete'

/** Asks for the word `delete` before something goes. */
export function DeleteDialog(props: {
  readonly title: string
  readonly consequence: ReactNode
  readonly isBusy: boolean
  readonly error: unknown
  readonly onDelete: () => void
  readonly onClose: () => void
}): ReactNode {
  const [typed, setTyped] = useState('')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed === word) props.onDelete()
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
              disabled={typed !== word}
              loading={props.isBusy}
              onClick={props.onDelete}
            >
              Delete
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <form onSubmit={submit}>
        <SpaceBetween size="m">
          <Alert type="warning">{props.consequence}</Alert>
          <FormField label={`To confirm, type ${word}`}>
            <Input
              value={typed}
              onChange={({ detail }) => setTyped(detail.value)}
              placeholder={word}
              autoFocus
              spellcheck={false}
            />
          </FormField>
          <Failure error={props.error} />
        </SpaceBetween>
      </form>
    </Modal>
  )
}
