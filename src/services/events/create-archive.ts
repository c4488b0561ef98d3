import type { CreateArchiveRequest, CreateArchiveResponse } from '@aws-sdk/client-eventbridge'
import { createArchive as create } from '../../messaging/archives/archives.ts'
import { changedArchiveShape } from './archive-shape.ts'
import type { EventsAction } from './events-action.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { named, onArchive, ownBus } from './requested-archive.ts'

/** @see Amazon EventBridge API reference, CreateArchive */
export const createArchive: EventsAction<CreateArchiveRequest, CreateArchiveResponse> = {
  operation: 'CreateArchive',
  permissions: (input, call) => onArchive('events:CreateArchive', named(input.ArchiveName, call)),
  async run(input, call, { messaging }) {
    refuseUnoffered(input, ['KmsKeyIdentifier'])
    const archive = await create(messaging, {
      ...named(input.ArchiveName, call),
      bus: ownBus('EventSourceArn', input.EventSourceArn, call),
      description: input.Description,
      pattern: input.EventPattern || undefined,
      retentionDays: input.RetentionDays ?? 0,
    })
    return changedArchiveShape(archive)
  },
}
