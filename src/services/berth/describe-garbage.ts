import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { type RepositoryGarbage, reportGarbage } from '../../registry/report-garbage.ts'
import type { BerthAction } from './berth-action.ts'
import { onServer } from './permissions.ts'

const repositoriesShown = 1_000

/** What garbage collection would remove if it ran now. */
export const describeGarbage: BerthAction<'DescribeGarbage'> = {
  operation: 'DescribeGarbage',
  permissions: onServer('berth:DescribeGarbage'),
  async run(_input, _call, { registry }) {
    const { repositories, blobs, uploads } = await reportGarbage(registry, { rest: () => turnOfOthers() })
    return {
      repositories: repositories.slice(0, repositoriesShown).map(shape),
      repositoryCount: repositories.length,
      blobs: { count: blobs.count, bytes: blobs.bytes },
      uploads: { count: uploads.count, bytes: uploads.bytes },
    }
  },
}

function shape({ repository: { account, region, name }, count, bytes }: RepositoryGarbage) {
  return { accountId: account, region, repositoryName: name, count, bytes }
}
