import type { ListTaskDefinitionsRequest, ListTaskDefinitionsResponse } from '@aws-sdk/client-ecs'
import { taskDefinitionArn } from '../../core/ecs/task-definition.ts'
import { invalidNextToken } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { Pages } from '../service.ts'
import type { EcsAction } from './ecs-action.ts'
import { pageSize } from './page-size.ts'
import { onNothing } from './permissions.ts'

/** By family and then by revision. @see Amazon ECS API reference, ListTaskDefinitions */
export const listTaskDefinitions: EcsAction<ListTaskDefinitionsRequest, ListTaskDefinitionsResponse> = {
  operation: 'ListTaskDefinitions',
  permissions: onNothing('ecs:ListTaskDefinitions'),
  async run(input, call, { registry: { metadata } }) {
    const { familyPrefix: family, status = 'ACTIVE', sort = 'ASC' } = input
    const size = pageSize(input.maxResults)
    // A revision goes as soon as it is deleted: none is ever on its way out.
    if (status === 'DELETE_IN_PROGRESS') return { taskDefinitionArns: [] }
    const after = revisionPosition(call.pages)
    const order = sort === 'ASC' ? 'asc' : 'desc'
    const { rows, nextToken } = await readPage(call, {
      size,
      read: (limit) => metadata.taskDefinitions.list(call.registry, { family, status, order, after, limit }),
      positionOf: ({ family, revision }) => ({ family, revision }),
    })
    return { taskDefinitionArns: rows.map(taskDefinitionArn), ...(nextToken !== undefined && { nextToken }) }
  },
}

function revisionPosition({ position }: Pages) {
  if (position === undefined) return undefined
  if (typeof position === 'object' && position !== null && 'family' in position && 'revision' in position) {
    const { family, revision } = position
    if (typeof family === 'string' && typeof revision === 'number') return { family, revision }
  }
  throw invalidNextToken()
}
