import type { ListArchivesRequest, ListArchivesResponse } from '@aws-sdk/client-eventbridge'
import { EventsValidationError } from '../../core/events/errors.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import { listedArchiveShape } from './archive-shape.ts'
import type { EventsAction } from './events-action.ts'
import { named, onArchive, ownBus } from './requested-archive.ts'

const defaultPageSize = 100

/** Archives by name, or those of one bus. @see Amazon EventBridge API reference, ListArchives */
export const listArchives: EventsAction<ListArchivesRequest, ListArchivesResponse> = {
  operation: 'ListArchives',
  permissions: (_input, call) => onArchive('events:ListArchives', named('*', call)),
  async run(input, call, { messaging: { metadata } }) {
    requireOneFilter([input.NamePrefix, input.EventSourceArn, input.State])
    const arn = input.EventSourceArn
    const bus = arn === undefined ? undefined : ownBus('EventSourceArn', arn, call)
    const page = { prefix: input.NamePrefix, bus, after: namePosition(call.pages) }
    // An archive that is there is enabled.
    const isWanted = (input.State ?? 'ENABLED') === 'ENABLED'
    const { rows, nextToken } = await readPage(call, {
      size: input.Limit ?? defaultPageSize,
      read: async (limit) => (isWanted ? metadata.archives.archives(call.registry, { ...page, limit }) : []),
      positionOf: (last) => last.name,
    })
    return {
      Archives: rows.map(listedArchiveShape),
      ...(nextToken !== undefined && { NextToken: nextToken }),
    }
  },
}

/** @throws EventsValidationError */
export function requireOneFilter(filters: readonly unknown[]): void {
  if (filters.filter((filter) => filter !== undefined).length <= 1) return
  throw new EventsValidationError(
    'At most one filter is allowed. Filters: EventSourceArn, NamePrefix, State.',
  )
}
