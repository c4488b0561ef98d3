import type {
  ListTaskDefinitionFamiliesRequest,
  ListTaskDefinitionFamiliesResponse,
} from '@aws-sdk/client-ecs'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { EcsAction } from './ecs-action.ts'
import { pageSize } from './page-size.ts'
import { onNothing } from './permissions.ts'

/** @see Amazon ECS API reference, ListTaskDefinitionFamilies */
export const listTaskDefinitionFamilies: EcsAction<
  ListTaskDefinitionFamiliesRequest,
  ListTaskDefinitionFamiliesResponse
> = {
  operation: 'ListTaskDefinitionFamilies',
  permissions: onNothing('ecs:ListTaskDefinitionFamilies'),
  async run(input, call, { registry: { metadata } }) {
    const { familyPrefix: prefix, status = 'ACTIVE' } = input
    const after = namePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: pageSize(input.maxResults),
      read: (limit) => metadata.taskDefinitions.families(call.registry, { prefix, status, after, limit }),
      positionOf: (last) => last,
    })
    return { families: rows, ...(nextToken !== undefined && { nextToken }) }
  },
}
