import type {
  ListPullTimeUpdateExclusionsRequest,
  ListPullTimeUpdateExclusionsResponse,
} from '@aws-sdk/client-ecr'
import { readPage } from '../page.ts'
import type { EcrAction } from './ecr-action.ts'
import { onRegistry } from './permissions.ts'
import { defaultPageSize, principalPosition } from './positions.ts'

/** Lists the ARNs of principals whose pulls aren't recorded, in byte order. @see Amazon ECR API reference */
export const listPullTimeUpdateExclusions: EcrAction<
  ListPullTimeUpdateExclusionsRequest,
  ListPullTimeUpdateExclusionsResponse
> = {
  operation: 'ListPullTimeUpdateExclusions',
  permissions: onRegistry('ecr:ListPullTimeUpdateExclusions'),
  async run(input, call, { registry }) {
    const after = principalPosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: input.maxResults ?? defaultPageSize,
      read: (limit) => registry.metadata.pullExclusions.list(call.registry, { after, limit }),
      positionOf: (arn) => arn,
    })
    return { pullTimeUpdateExclusions: [...rows], nextToken }
  },
}
