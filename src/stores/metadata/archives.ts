import type { Archive, ArchiveKey } from '../../core/events/archive.ts'
import type { Event } from '../../core/events/event.ts'
import type { Replay, ReplayKey, ReplayState } from '../../core/events/replay.ts'
import type { BusKey } from '../../core/events/rule.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { NamePage } from './rules.ts'

/** An event that is kept; they go by the time they tell of, those of one time in the order in which they came. */
export interface ArchivedEvent {
  readonly id: number
  readonly at: number
  readonly event: Event
}

export interface ArchiveReader {
  archive(key: ArchiveKey): Promise<Archive | undefined>
  archives(registry: RegistryKey, page: NamePage & { readonly bus?: BusKey | undefined }): Promise<Archive[]>
  archivesOf(bus: BusKey): Promise<Archive[]>
  /** Events from a time on, behind a position if there is one, to a time that isn't in it. */
  archived(
    archive: Archive,
    page: Pick<Replay, 'from' | 'to' | 'last'> & { readonly limit: number },
  ): Promise<ArchivedEvent[]>
  replay(key: ReplayKey): Promise<Replay | undefined>
  replays(
    registry: RegistryKey,
    page: NamePage & { readonly archive?: string | undefined; readonly state?: ReplayState | undefined },
  ): Promise<Replay[]>
}

export interface ArchiveWriter {
  addArchive(archive: Omit<Archive, 'id' | 'events' | 'bytes'>): Promise<void>
  /** Changes what can be changed: description, pattern, retention. */
  changeArchive(archive: Archive): Promise<void>
  /** Deletes an archive; the events, which nobody finds any more, go with `forgetArchived`. */
  deleteArchive(archive: Archive): Promise<void>
  keep(archive: Archive, events: readonly Event[]): Promise<void>
  /**
   * Deletes at most so many events that their archives keep no longer, or that were of what is deleted; resolves to how many it found.
   */
  forgetArchived(now: Date, limit: number): Promise<number>
  putReplay(replay: Replay): Promise<void>
  /** A replay, which nobody else changes until the transaction ends. */
  lockReplay(key: ReplayKey): Promise<Replay | undefined>
}
