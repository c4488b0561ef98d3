import {
  DeleteRepositoryCreationTemplateCommand,
  DescribeRepositoryCreationTemplatesCommand,
  type RepositoryCreationTemplate,
} from '@aws-sdk/client-ecr'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useEcr } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { inWords } from '../../format/words.ts'
import { DeleteDialog } from '../../parts/delete-dialog.tsx'
import { Empty } from '../../parts/empty.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'
import { TemplateForm } from './template-form.tsx'

/** With which settings repositories are made that nobody makes by hand. */
export function TemplatesTab(): ReactNode {
  const ecr = useEcr()
  const pages = usePages<RepositoryCreationTemplate>(['templates'], async (nextToken) => {
    const page = await ecr.send(new DescribeRepositoryCreationTemplatesCommand({ nextToken }))
    return { items: page.repositoryCreationTemplates ?? [], nextToken: page.nextToken }
  })
  const [dialog, setDialog] = useState<{
    readonly open: 'form' | 'delete'
    readonly of?: RepositoryCreationTemplate | undefined
  }>()
  const close = () => setDialog(undefined)
  const remove = useAction(
    (prefix: string) => ecr.send(new DeleteRepositoryCreationTemplateCommand({ prefix })),
    { done: (prefix) => `Deleted the template for ${prefix}`, after: close },
  )
  return (
    <>
      <ResourceTable
        title="Repository creation templates"
        pages={pages}
        columns={columns}
        idOf={prefixOf}
        selection="single"
        empty={
          <Empty
            title="No templates yet"
            next="A template says how repositories look that a push, replication or a pull through the cache makes:"
            command="aws ecr create-repository-creation-template --prefix team-a --applied-for CREATE_ON_PUSH"
          />
        }
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!selected} onClick={() => setDialog({ open: 'delete', of: selected })}>
              Delete
            </Button>
            <Button disabled={!selected} onClick={() => setDialog({ open: 'form', of: selected })}>
              Edit
            </Button>
            <Button variant="primary" onClick={() => setDialog({ open: 'form' })}>
              Create template
            </Button>
          </SpaceBetween>
        )}
      />
      {dialog?.open === 'form' && <TemplateForm of={dialog.of} onClose={close} />}
      {dialog?.open === 'delete' && dialog.of && (
        <DeleteDialog
          title="Delete template"
          consequence="Repositories that were made by it stay as they are."
          isBusy={remove.isPending}
          error={remove.error}
          onDelete={() => remove.mutate(prefixOf(dialog.of ?? {}))}
          onClose={close}
        />
      )}
    </>
  )
}

function prefixOf({ prefix = '' }: RepositoryCreationTemplate): string {
  return prefix
}

const columns: readonly Column<RepositoryCreationTemplate>[] = [
  { id: 'prefix', header: 'Prefix', cell: ({ prefix }) => prefix, sortBy: ({ prefix }) => prefix },
  { id: 'for', header: 'Applied for', cell: ({ appliedFor = [] }) => appliedFor.map(inWords).join(', ') },
  {
    id: 'mutability',
    header: 'Tag immutability',
    cell: ({ imageTagMutability = '-' }) => inWords(imageTagMutability),
  },
  {
    id: 'encryption',
    header: 'Encryption',
    cell: ({ encryptionConfiguration }) => encryptionConfiguration?.encryptionType ?? '-',
  },
  { id: 'description', header: 'Description', cell: ({ description }) => description ?? '-' },
]
