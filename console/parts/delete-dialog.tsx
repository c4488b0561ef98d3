import Alert from '@cloudscape-design/components/alert'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import { type ReactNode, useState } from 'react'
import { FormDialog } from './form-dialog.tsx'

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
  return (
    <FormDialog
      title={props.title}
      verb="Delete"
      isWhole={typed === word}
      isBusy={props.isBusy}
      error={props.error}
      onSubmit={props.onDelete}
      onClose={props.onClose}
    >
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
    </FormDialog>
  )
}
