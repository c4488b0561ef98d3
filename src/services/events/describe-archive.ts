import type { DescribeArchiveRequest, DescribeArchiveResponse } from '@aws-sdk/client-eventbridge'
import { findArchive } from '../../messaging/archives/archives.ts'
import { archiveShape } from './archive-shape.ts'
import type { EventsAction } from './events-action.ts'
import { named, onArchive } from './requested-archive.ts'

/** @see Amazon EventBridge API reference, DescribeArchive */
export const describeArchive: EventsAction<DescribeArchiveRequest, DescribeArchiveResponse> = {
  operation: 'DescribeArchive',
  permissions: (input, call) => onArchive('events:DescribeArchive', named(input.ArchiveName, call)),
  run: async ({ ArchiveName: name }, call, { messaging: { metadata } }) =>
    archiveShape(await findArchive(metadata.archives, named(name, call))),
}
