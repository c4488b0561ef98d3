import {
  DeletePullThroughCacheRuleCommand,
  DescribePullThroughCacheRulesCommand,
  type PullThroughCacheRule,
} from '@aws-sdk/client-ecr'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { type ReactNode, useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useEcr } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { DeleteDialog } from '../../parts/delete-dialog.tsx'
import { Empty } from '../../parts/empty.tsx'
import { Moment } from '../../parts/moment.tsx'
import { type Column, ResourceTable } from '../../parts/resource-table.tsx'
import { PullThroughForm } from './pull-through-form.tsx'

/** From where images are brought that are not here yet. */
export function PullThroughTab(): ReactNode {
  const ecr = useEcr()
  const pages = usePages<PullThroughCacheRule>(['pull-through'], async (nextToken) => {
    const page = await ecr.send(new DescribePullThroughCacheRulesCommand({ nextToken }))
    return { items: page.pullThroughCacheRules ?? [], nextToken: page.nextToken }
  })
  const [isOpen, setOpen] = useState(false)
  const [unwanted, setUnwanted] = useState<string>()
  const close = () => setUnwanted(undefined)
  const remove = useAction(
    (ecrRepositoryPrefix: string) => ecr.send(new DeletePullThroughCacheRuleCommand({ ecrRepositoryPrefix })),
    { done: (prefix) => `Deleted the rule for ${prefix}`, after: close },
  )
  return (
    <>
      <ResourceTable
        title="Pull through cache rules"
        pages={pages}
        columns={columns}
        idOf={prefixOf}
        selection="single"
        empty={
          <Empty
            title="No rules yet"
            next="With a rule, images of another registry are pulled through this one, and kept:"
            command="aws ecr create-pull-through-cache-rule --ecr-repository-prefix k8s --upstream-registry-url registry.k8s.io"
          />
        }
        actions={([selected]) => (
          <SpaceBetween direction="horizontal" size="xs">
            <Button disabled={!selected} onClick={() => setUnwanted(selected && prefixOf(selected))}>
              Delete
            </Button>
            <Button variant="primary" onClick={() => setOpen(true)}>
              Create rule
            </Button>
          </SpaceBetween>
        )}
      />
      {isOpen && <PullThroughForm onClose={() => setOpen(false)} />}
      {unwanted !== undefined && (
        <DeleteDialog
          title="Delete pull through cache rule"
          consequence={`Images below ${unwanted} that are here stay; others come no longer.`}
          isBusy={remove.isPending}
          error={remove.error}
          onDelete={() => remove.mutate(unwanted)}
          onClose={close}
        />
      )}
    </>
  )
}

function prefixOf({ ecrRepositoryPrefix = '' }: PullThroughCacheRule): string {
  return ecrRepositoryPrefix
}

const columns: readonly Column<PullThroughCacheRule>[] = [
  {
    id: 'prefix',
    header: 'Repository prefix',
    cell: ({ ecrRepositoryPrefix }) => ecrRepositoryPrefix,
    sortBy: ({ ecrRepositoryPrefix }) => ecrRepositoryPrefix,
  },
  {
    id: 'upstream',
    header: 'Upstream registry',
    cell: ({ upstreamRegistryUrl }) => upstreamRegistryUrl,
    sortBy: ({ upstreamRegistryUrl }) => upstreamRegistryUrl,
  },
  {
    id: 'upstream-prefix',
    header: 'Upstream prefix',
    cell: ({ upstreamRepositoryPrefix }) => upstreamRepositoryPrefix ?? '-',
  },
  { id: 'credentials', header: 'Credentials', cell: ({ credentialArn }) => credentialArn ?? 'None' },
  {
    id: 'created',
    header: 'Created at',
    cell: ({ createdAt }) => <Moment at={createdAt} />,
    sortBy: ({ createdAt }) => createdAt?.getTime(),
  },
]
