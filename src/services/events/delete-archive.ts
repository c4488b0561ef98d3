import type { DeleteArchiveRequest, DeleteArchiveResponse } from '@aws-sdk/client-eventbridge'
import { deleteArchive as remove } from '../../messaging/archives/archives.ts'
import type { EventsAction } from './events-action.ts'
import { named, onArchive } from './requested-archive.ts'

/** @see Amazon EventBridge API reference, DeleteArchive */
export const deleteArchive: EventsAction<DeleteArchiveRequest, DeleteArchiveResponse> = {
  operation: 'DeleteArchive',
  permissions: (input, call) => onArchive('events:DeleteArchive', named(input.ArchiveName, call)),
  async run(input, call, { messaging }) {
    await remove(messaging, named(input.ArchiveName, call))
    return {}
  },
}
