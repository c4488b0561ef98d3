import { parseEventPattern } from '../../core/event-patterns/parse-event-pattern.ts'
import type { Archive, ArchiveKey } from '../../core/events/archive.ts'
import {
  EventResourceExistsError,
  EventResourceNotFoundError,
  EventsValidationError,
} from '../../core/events/errors.ts'
import type { ArchiveReader } from '../../stores/metadata/archives.ts'
import type { Messaging } from '../messaging.ts'
import { findBus } from '../rules/find-bus.ts'
import { forgetArchivedJob } from './forget-archived-events.ts'

/** What can be changed of an archive. */
export type ArchiveChanges = {
  readonly [Member in 'description' | 'pattern' | 'retentionDays']?: Archive[Member] | undefined
}

/**
 * Makes an archive, which keeps what comes to its bus from now on.
 *
 * @throws InvalidEventPatternError, EventResourceExistsError
 * @throws EventResourceNotFoundError for its bus
 */
export async function createArchive(
  { metadata, now }: Messaging,
  wanted: Omit<Archive, 'id' | 'createdAt' | 'events' | 'bytes'>,
): Promise<Archive> {
  if (wanted.pattern !== undefined) parseEventPattern(wanted.pattern)
  return metadata.write(async (tx) => {
    await findBus(tx.rules, wanted.bus)
    if ((await tx.archives.archive(wanted)) !== undefined) {
      throw new EventResourceExistsError(`Archive ${wanted.name} already exists.`)
    }
    await tx.archives.addArchive({ ...wanted, createdAt: now() })
    return findArchive(tx.archives, wanted)
  })
}

/** Changes what is given; the rest stays. @throws EventsValidationError, InvalidEventPatternError, EventResourceNotFoundError */
export async function updateArchive(
  { metadata, now }: Messaging,
  key: ArchiveKey,
  given: ArchiveChanges,
): Promise<Archive> {
  const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  if (Object.keys(changes).length === 0) {
    throw new EventsValidationError(
      'At least one of EventPattern, RetentionDays or Description must be provided.',
    )
  }
  if (given.pattern !== undefined) parseEventPattern(given.pattern)
  return metadata.write(async (tx) => {
    const changed = { ...(await findArchive(tx.archives, key)), ...changes }
    await tx.archives.changeArchive(changed)
    await tx.jobs.add(forgetArchivedJob, now())
    return changed
  })
}

/** Deletes an archive; a job frees the space of its events. @throws EventResourceNotFoundError */
export async function deleteArchive({ metadata, now }: Messaging, key: ArchiveKey): Promise<void> {
  await metadata.write(async (tx) => {
    await tx.archives.deleteArchive(await findArchive(tx.archives, key))
    await tx.jobs.add(forgetArchivedJob, now())
  })
}

/** @throws EventResourceNotFoundError */
export async function findArchive(archives: ArchiveReader, key: ArchiveKey): Promise<Archive> {
  const archive = await archives.archive(key)
  if (archive === undefined) throw new EventResourceNotFoundError(`Archive ${key.name} does not exist.`)
  return archive
}
