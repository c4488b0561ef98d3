import Button from '@cloudscape-design/components/button'
import ContentLayout from '@cloudscape-design/components/content-layout'
import Header from '@cloudscape-design/components/header'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Tabs from '@cloudscape-design/components/tabs'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { useRepository } from '../../api/use-repository.ts'
import { paths } from '../../app/paths.ts'
import { Copyable } from '../../parts/copyable.tsx'
import { Failure } from '../../parts/failure.tsx'
import { Loading } from '../../parts/loading.tsx'
import { DeleteRepositories } from '../repositories/delete-repositories.tsx'
import { RepositoryForm } from '../repositories/repository-form.tsx'
import { HistoryTab } from './history-tab.tsx'
import { ImagesTab } from './images-tab.tsx'
import { LifecycleTab } from './lifecycle-tab.tsx'
import { PermissionsTab } from './permissions-tab.tsx'
import { PushCommands } from './push-commands.tsx'
import { TagsTab } from './tags-tab.tsx'

/** One repository: its images, and the rules for them. */
export function RepositoryPage({
  name,
  tab = 'images',
}: {
  readonly name: string
  readonly tab?: string
}): ReactNode {
  const [, go] = useLocation()
  const [dialog, setDialog] = useState<'push' | 'edit' | 'delete'>()
  const close = () => setDialog(undefined)
  const { data, error, refetch } = useRepository(name)
  if (error) return <Failure error={error} retry={refetch} />
  if (data === undefined) return <Loading />
  const { repositoryUri = '', repositoryArn = '' } = data
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={<Copyable text={repositoryUri} name="URI" />}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button onClick={() => setDialog('delete')}>Delete</Button>
              <Button onClick={() => setDialog('edit')}>Edit</Button>
              <Button variant="primary" onClick={() => setDialog('push')}>
                View push commands
              </Button>
            </SpaceBetween>
          }
        >
          {name}
        </Header>
      }
    >
      <Tabs
        activeTabId={tab}
        onChange={({ detail }) => go(paths.repository(name, detail.activeTabId))}
        tabs={[
          { id: 'images', label: 'Images', content: <ImagesTab repository={name} uri={repositoryUri} /> },
          { id: 'lifecycle', label: 'Lifecycle policy', content: <LifecycleTab repository={name} /> },
          { id: 'permissions', label: 'Permissions', content: <PermissionsTab repository={name} /> },
          { id: 'tags', label: 'Repository tags', content: <TagsTab arn={repositoryArn} /> },
          { id: 'history', label: 'History', content: <HistoryTab repository={name} /> },
        ]}
      />
      {dialog === 'push' && <PushCommands uri={repositoryUri} onClose={close} />}
      {dialog === 'edit' && <RepositoryForm of={data} onClose={close} />}
      {dialog === 'delete' && <DeleteRepositories of={[name]} onClose={close} />}
    </ContentLayout>
  )
}
