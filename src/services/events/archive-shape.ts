import type { DescribeArchiveResponse } from '@aws-sdk/client-eventbridge'
import { type Archive, archiveArn } from '../../core/events/archive.ts'
import { busArn } from '../../core/events/rule.ts'

/** An archive as lists show it. */
export function listedArchiveShape(archive: Archive) {
  return {
    ArchiveName: archive.name,
    EventSourceArn: busArn(archive.bus),
    State: 'ENABLED' as const,
    RetentionDays: archive.retentionDays,
    SizeBytes: archive.bytes,
    EventCount: archive.events,
    CreationTime: archive.createdAt,
  }
}

/** An archive as DescribeArchive shows it. */
export function archiveShape(archive: Archive): DescribeArchiveResponse {
  const { description, pattern } = archive
  return {
    ArchiveArn: archiveArn(archive),
    ...listedArchiveShape(archive),
    ...(description !== undefined && { Description: description }),
    ...(pattern !== undefined && { EventPattern: pattern }),
  }
}

/** What is answered to whoever makes or changes one. */
export function changedArchiveShape(archive: Archive) {
  return { ArchiveArn: archiveArn(archive), State: 'ENABLED' as const, CreationTime: archive.createdAt }
}
