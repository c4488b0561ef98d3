import { DescribeRepositoriesCommand, type Repository } from '@aws-sdk/client-ecr'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { useEcr } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { paths } from '../../app/paths.ts'
import { inWords } from '../../format/words.ts'
import { Copyable } from '../../parts/copyable.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Moment } from '../../parts/moment.tsx'
import { PageLink } from '../../parts/page-link.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'
import { PushCommands } from '../repository/push-commands.tsx'
import { DeleteRepositories } from './delete-repositories.tsx'
import { RepositoryForm } from './repository-form.tsx'

type Open = 'create' | 'edit' | 'delete' | 'push'

/** The repositories of the registry. */
export function RepositoriesPage(): ReactNode {
  const ecr = useEcr()
  const pages = usePages<Repository>(['repositories'], async (nextToken) => {
    const page = await ecr.send(new DescribeRepositoriesCommand({ nextToken, maxResults: 1000 }))
    return { items: page.repositories ?? [], nextToken: page.nextToken }
  })
  const [dialog, setDialog] = useState<{ readonly open: Open; readonly of: readonly Repository[] }>()
  const close = () => setDialog(undefined)
  const [first] = dialog?.of ?? []
  return (
    <>
      <ResourceTable
        title="Repositories"
        variant="full-page"
        pages={pages}
        columns={columns}
        idOf={nameOf}
        textOf={(repository) => `${nameOf(repository)} ${repository.repositoryUri}`}
        selection="multi"
        empty={
          <Empty
            title="No repositories in this region"
            next="Create one here, or type:"
            command="aws ecr create-repository --repository-name hello"
          />
        }
        actions={(selected) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              disabled={selected.length !== 1}
              onClick={() => setDialog({ open: 'push', of: selected })}
            >
              View push commands
            </Button>
            <Button
              disabled={selected.length === 0}
              onClick={() => setDialog({ open: 'delete', of: selected })}
            >
              Delete
            </Button>
            <Button
              disabled={selected.length !== 1}
              onClick={() => setDialog({ open: 'edit', of: selected })}
            >
              Edit
            </Button>
            <Button variant="primary" onClick={() => setDialog({ open: 'create', of: [] })}>
              Create repository
            </Button>
          </SpaceBetween>
        )}
      />
      {dialog?.open === 'create' && <RepositoryForm onClose={close} />}
      {dialog?.open === 'edit' && first && <RepositoryForm of={first} onClose={close} />}
      {dialog?.open === 'delete' && <DeleteRepositories of={dialog.of.map(nameOf)} onClose={close} />}
      {dialog?.open === 'push' && first && <PushCommands uri={first.repositoryUri ?? ''} onClose={close} />}
    </>
  )
}

function nameOf({ repositoryName = '' }: Repository): string {
  return repositoryName
}

const columns: readonly Column<Repository>[] = [
  {
    id: 'name',
    header: 'Repository name',
    cell: (repository) => <PageLink to={paths.repository(nameOf(repository))}>{nameOf(repository)}</PageLink>,
    sortBy: nameOf,
    minWidth: 180,
  },
  {
    id: 'uri',
    header: 'URI',
    cell: ({ repositoryUri = '' }) => <Copyable text={repositoryUri} name="URI" />,
    sortBy: ({ repositoryUri }) => repositoryUri,
    minWidth: 260,
  },
  {
    id: 'created',
    header: 'Created at',
    cell: ({ createdAt }) => <Moment at={createdAt} />,
    sortBy: ({ createdAt }) => createdAt?.getTime(),
    minWidth: 200,
  },
  {
    id: 'mutability',
    header: 'Tag immutability',
    cell: ({ imageTagMutability = '' }) => inWords(imageTagMutability),
    sortBy: ({ imageTagMutability }) => imageTagMutability,
    minWidth: 150,
  },
  {
    id: 'scan',
    header: 'Scan on push',
    cell: ({ imageScanningConfiguration }) => (imageScanningConfiguration?.scanOnPush ? 'Enabled' : 'Manual'),
    minWidth: 120,
  },
  {
    id: 'encryption',
    header: 'Encryption type',
    cell: ({ encryptionConfiguration }) =>
      encryptionConfiguration?.encryptionType?.replace('AES256', 'AES-256') ?? '-',
    minWidth: 130,
  },
]
