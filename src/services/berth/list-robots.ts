import { invalidNextToken } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { Pages } from '../service.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'
import { robotShape } from './robot-shape.ts'

const defaultPageSize = 100

/** The robots of the caller's registry, by name. */
export const listRobots: BerthAction<'ListRobots'> = {
  operation: 'ListRobots',
  permissions: onRegistry('berth:ListRobots'),
  async run({ maxResults }, call, { registry: { metadata } }) {
    const after = namePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: maxResults ?? defaultPageSize,
      read: (limit) => metadata.robots.list(call.registry, { after, limit }),
      positionOf: ({ name }) => name,
    })
    return { robots: rows.map(robotShape), nextToken }
  },
}

function namePosition({ position }: Pages): string | undefined {
  if (position === undefined || typeof position === 'string') return position
  throw invalidNextToken()
}
