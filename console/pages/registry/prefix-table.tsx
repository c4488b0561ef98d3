import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import type { Pages } from '../../api/use-pages.ts'
import { DeleteDialog } from '../../parts/delete-dialog.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'

/** What a registry says about all repositories below a prefix: a list to add to and to delete from, one at a time. */
export function PrefixTable<Rule>(props: {
  readonly title: string
  readonly pages: Pages<Rule>
  readonly columns: readonly Column<Rule>[]
  readonly prefixOf: (rule: Rule) => string
  readonly empty: ReactNode
  readonly createText: string
  readonly canEdit?: boolean
  /** Makes a rule, or changes the one that it is given. */
  readonly form: (onClose: () => void, of?: Rule) => ReactNode
  readonly deletion: {
    readonly title: string
    readonly consequence: (prefix: string) => string
    readonly act: (prefix: string) => Promise<unknown>
    readonly done: (prefix: string) => string
  }
}): ReactNode {
  const { prefixOf, deletion } = props
  const [dialog, setDialog] = useState<{ readonly open: 'form' | 'delete'; readonly of?: Rule | undefined }>()
  const close = () => setDialog(undefined)
  const remove = useAction(deletion.act, { done: deletion.done, after: close })
  const unwanted = dialog?.open === 'delete' && dialog.of ? prefixOf(dialog.of) : undefined
  return (
    <>
      <ResourceTable
        title={props.title}
        pages={props.pages}
        columns={props.columns}
        idOf={prefixOf}
        selection="single"
        empty={props.empty}
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!selected} onClick={() => setDialog({ open: 'delete', of: selected })}>
              Delete
            </Button>
            {props.canEdit && (
              <Button disabled={!selected} onClick={() => setDialog({ open: 'form', of: selected })}>
                Edit
              </Button>
            )}
            <Button variant="primary" onClick={() => setDialog({ open: 'form' })}>
              {props.createText}
            </Button>
          </SpaceBetween>
        )}
      />
      {dialog?.open === 'form' && props.form(close, dialog.of)}
      {unwanted !== undefined && (
        <DeleteDialog
          title={deletion.title}
          consequence={deletion.consequence(unwanted)}
          isBusy={remove.isPending}
          error={remove.error}
          onDelete={() => remove.mutate(unwanted)}
          onClose={close}
        />
      )}
    </>
  )
}
