import AttributeEditor, { type AttributeEditorProps } from '@cloudscape-design/components/attribute-editor'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import type { ReactNode } from 'react'
import { useAction } from '../api/use-action.ts'
import { DraftActions } from './draft-actions.tsx'
import { Failure } from './failure.tsx'

export interface RowField<Row> {
  readonly label: string
  readonly hint?: string
  readonly control: (row: Row, change: (part: Partial<Row>) => void) => ReactNode
}

/** A setting that is a list of rows, each with a few fields, saved as a whole. */
export function RowsCard<Row>(props: {
  readonly title: string
  readonly description: string
  readonly rows: readonly Row[]
  readonly onChange: (rows: readonly Row[]) => void
  readonly isChanged: boolean
  readonly fields: readonly RowField<Row>[]
  readonly newRow: Row
  readonly addText: string
  readonly emptyText: string
  readonly above?: ReactNode
  readonly save: () => Promise<unknown>
  readonly discard: () => void
}): ReactNode {
  const { title, rows } = props
  const save = useAction(props.save, { done: () => `${title} saved`, after: props.discard })
  const definition = props.fields.map(
    ({ label, hint, control }): AttributeEditorProps.FieldDefinition<Row> => ({
      label,
      constraintText: hint,
      control: (row, index) => control(row, (part) => props.onChange(rows.with(index, { ...row, ...part }))),
    }),
  )
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={props.description}
          actions={
            <DraftActions
              isChanged={props.isChanged}
              isSaving={save.isPending}
              onDiscard={props.discard}
              onSave={() => save.mutate(undefined)}
            />
          }
        >
          {title}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Failure error={save.error} />
        {props.above}
        <AttributeEditor<Row>
          items={rows}
          definition={definition}
          addButtonText={props.addText}
          removeButtonText="Remove"
          empty={props.emptyText}
          onAddButtonClick={() => props.onChange([...rows, props.newRow])}
          onRemoveButtonClick={({ detail }) => props.onChange(rows.toSpliced(detail.itemIndex, 1))}
        />
      </SpaceBetween>
    </Container>
  )
}
