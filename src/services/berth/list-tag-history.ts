import { parseTag } from '../../core/names/tag.ts'
import { findRepository } from '../../registry/find-repository.ts'
import type { KeptChange } from '../../stores/metadata/history.ts'
import { requestedRepository } from '../ecr/requested-repository.ts'
import { invalidNextToken } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { Pages } from '../service.ts'
import type { BerthAction } from './berth-action.ts'
import { onRepository } from './permissions.ts'
import type { TagChange } from './shapes.ts'

const defaultPageSize = 100

/** What tags of a repository pointed where, latest change first. */
export const listTagHistory: BerthAction<'ListTagHistory'> = {
  operation: 'ListTagHistory',
  permissions: onRepository('berth:ListTagHistory', 'ecr:DescribeImages'),
  async run(input, call, { registry }) {
    const { id } = await findRepository(registry, requestedRepository(input, call))
    const tag = input.imageTag === undefined ? undefined : parseTag(input.imageTag)
    const before = readPosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: input.maxResults ?? defaultPageSize,
      read: (limit) => registry.metadata.history.changes(id, { tag, before, limit }),
      positionOf: (last) => last.id,
    })
    return { changes: rows.map(toShape), nextToken }
  },
}

/** @throws InvalidParameterError at `nextToken` */
function readPosition({ position }: Pages): number | undefined {
  if (position === undefined || typeof position === 'number') return position
  throw invalidNextToken()
}

function toShape({ tag, from, to, at, actor, reason }: KeptChange): TagChange {
  return { changedAt: at, imageTag: tag, fromDigest: from, toDigest: to, actor, reason }
}
