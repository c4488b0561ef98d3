import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Textarea from '@cloudscape-design/components/textarea'
import { type ReactNode, useState } from 'react'
import { useAction } from '../api/use-action.ts'
import { jsonProblem, prettyJson } from '../format/json.ts'
import { DraftActions } from './draft-actions.tsx'
import { Failure } from './failure.tsx'

/** A document in JSON that can be read, written and perhaps removed. The server checks what it says; its words are shown. */
export function JsonCard(props: {
  readonly title: string
  readonly description?: ReactNode
  /** Undefined where there is none. */
  readonly text: string | undefined
  /** What is offered to begin with where there is none. */
  readonly example: string
  readonly save: (text: string) => Promise<unknown>
  readonly remove?: () => Promise<unknown>
  readonly more?: (draft: string, setDraft: (draft: string) => void) => ReactNode
}): ReactNode {
  const { title, text } = props
  const [draft, setDraft] = useState<string>()
  const shown = draft ?? (text === undefined ? '' : prettyJson(text))
  const problem = shown === '' ? undefined : jsonProblem(shown)
  const close = () => setDraft(undefined)
  const save = useAction(props.save, { done: () => `${title} saved`, after: close })
  const remove = useAction(async () => props.remove?.(), { done: () => `${title} removed`, after: close })
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={props.description}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              {text === undefined && shown === '' && (
                <Button onClick={() => setDraft(props.example)}>Begin with an example</Button>
              )}
              {props.remove && text !== undefined && (
                <Button loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
                  Remove
                </Button>
              )}
              <DraftActions
                isChanged={draft !== undefined}
                isWhole={shown !== '' && problem === undefined}
                isSaving={save.isPending}
                onDiscard={close}
                onSave={() => save.mutate(shown)}
              />
            </SpaceBetween>
          }
        >
          {title}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <Failure error={save.error ?? remove.error} />
        <FormField stretch errorText={problem}>
          <Textarea
            ariaLabel={title}
            value={shown}
            rows={Math.min(28, Math.max(6, shown.split('\n').length + 1))}
            spellcheck={false}
            placeholder="There is none."
            onChange={({ detail }) => setDraft(detail.value)}
          />
        </FormField>
        {props.more?.(shown, setDraft)}
      </SpaceBetween>
    </Container>
  )
}
