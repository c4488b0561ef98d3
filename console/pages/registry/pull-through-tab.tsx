import {
  DeletePullThroughCacheRuleCommand,
  DescribePullThroughCacheRulesCommand,
  type PullThroughCacheRule,
} from '@aws-sdk/client-ecr'
import type { ReactNode } from 'react'
import { useEcr } from '../../api/use-clients.ts'
import { usePages } from '../../api/use-pages.ts'
import { Empty } from '../../parts/empty.tsx'
import { Moment } from '../../parts/moment.tsx'
import type { Column } from '../../parts/resource-table.tsx'
import { PrefixTable } from './prefix-table.tsx'
import { PullThroughForm } from './pull-through-form.tsx'

/** From where images are brought that are not here yet. */
export function PullThroughTab(): ReactNode {
  const ecr = useEcr()
  const pages = usePages<PullThroughCacheRule>(['pull-through'], async (nextToken) => {
    const page = await ecr.send(new DescribePullThroughCacheRulesCommand({ nextToken }))
    return { items: page.pullThroughCacheRules ?? [], nextToken: page.nextToken }
  })
  return (
    <PrefixTable
      title="Pull through cache rules"
      pages={pages}
      columns={columns}
      prefixOf={prefixOf}
      empty={
        <Empty
          title="No rules yet"
          next="With a rule, images of another registry are pulled through this one, and kept:"
          command="aws ecr create-pull-through-cache-rule --ecr-repository-prefix k8s --upstream-registry-url registry.k8s.io"
        />
      }
      createText="Create rule"
      form={(onClose) => <PullThroughForm onClose={onClose} />}
      deletion={{
        title: 'Delete pull through cache rule',
        consequence: (prefix) => `Images below ${prefix} that are here stay; others come no longer.`,
        act: (ecrRepositoryPrefix) =>
          ecr.send(new DeletePullThroughCacheRuleCommand({ ecrRepositoryPrefix })),
        done: (prefix) => `Deleted the rule for ${prefix}`,
      }}
    />
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
