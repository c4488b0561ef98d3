import {
  DeleteRepositoryCreationTemplateCommand,
  DescribeRepositoryCreationTemplatesCommand,
  type RepositoryCreationTemplate,
} from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { useEcr } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { inWords } from '../../format/words.ts'
import { Empty } from '../../parts/empty.tsx'
import type { Column } from '../../parts/resource-table.tsx'
import { PrefixTable } from './prefix-table.tsx'
import { TemplateForm } from './template-form.tsx'

/** With which settings repositories are made that nobody makes by hand. */
export function TemplatesTab(): ReactNode {
  const ecr = useEcr()
  const pages = usePages<RepositoryCreationTemplate>(['templates'], async (nextToken) => {
    const page = await ecr.send(new DescribeRepositoryCreationTemplatesCommand({ nextToken }))
    return { items: page.repositoryCreationTemplates ?? [], nextToken: page.nextToken }
  })
  return (
    <PrefixTable
      title="Repository creation templates"
      pages={pages}
      columns={columns}
      prefixOf={prefixOf}
      empty={
        <Empty
          title="No templates yet"
          next="A template says how repositories look that a push, replication or a pull through the cache makes:"
          command="aws ecr create-repository-creation-template --prefix team-a --applied-for CREATE_ON_PUSH"
        />
      }
      createText="Create template"
      canEdit
      form={(onClose, of) => <TemplateForm of={of} onClose={onClose} />}
      deletion={{
        title: 'Delete template',
        consequence: () => 'Repositories that were made by it stay as they are.',
        act: (prefix) => ecr.send(new DeleteRepositoryCreationTemplateCommand({ prefix })),
        done: (prefix) => `Deleted the template for ${prefix}`,
      }}
    />
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
