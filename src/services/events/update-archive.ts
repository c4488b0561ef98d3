import type { UpdateArchiveRequest, UpdateArchiveResponse } from '@aws-sdk/client-eventbridge'
import { updateArchive as update } from '../../messaging/archives/archives.ts'
import { changedArchiveShape } from './archive-shape.ts'
import type { EventsAction } from './events-action.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { named, onArchive } from './requested-archive.ts'

/** @see Amazon EventBridge API reference, UpdateArchive */
export const updateArchive: EventsAction<UpdateArchiveRequest, UpdateArchiveResponse> = {
  operation: 'UpdateArchive',
  permissions: (input, call) => onArchive('events:UpdateArchive', named(input.ArchiveName, call)),
  async run(input, call, { messaging }) {
    refuseUnoffered(input, ['KmsKeyIdentifier'])
    const { Description: description, EventPattern: pattern, RetentionDays: retentionDays } = input
    const given = { description, pattern, retentionDays }
    return changedArchiveShape(await update(messaging, named(input.ArchiveName, call), given))
  },
}
