import type { ListReplaysRequest, ListReplaysResponse } from '@aws-sdk/client-eventbridge'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { EventsAction } from './events-action.ts'
import { requireOneFilter } from './list-archives.ts'
import { listedReplayShape } from './replay-shape.ts'
import { named, onReplay, ownArchive } from './requested-archive.ts'

const defaultPageSize = 100

/** Replays by name, or those of one archive or state. @see Amazon EventBridge API reference, ListReplays */
export const listReplays: EventsAction<ListReplaysRequest, ListReplaysResponse> = {
  operation: 'ListReplays',
  permissions: (_input, call) => onReplay('events:ListReplays', named('*', call)),
  async run(input, call, { messaging: { metadata } }) {
    const { NamePrefix: prefix, EventSourceArn: arn, State: state } = input
    requireOneFilter([prefix, arn, state])
    const archive = arn === undefined ? undefined : ownArchive('EventSourceArn', arn, call)
    const page = { prefix, archive, state, after: namePosition(call.pages) }
    const { rows, nextToken } = await readPage(call, {
      size: input.Limit ?? defaultPageSize,
      read: (limit) => metadata.archives.replays(call.registry, { ...page, limit }),
      positionOf: (last) => last.name,
    })
    return { Replays: rows.map(listedReplayShape), ...(nextToken !== undefined && { NextToken: nextToken }) }
  },
}
