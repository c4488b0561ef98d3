import { PatternIndex } from '../../core/event-patterns/pattern-index.ts'
import type { Archive } from '../../core/events/archive.ts'
import type { Event } from '../../core/events/event.ts'
import type { BusKey } from '../../core/events/rule.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import { patternOf } from '../pattern-of.ts'

/**
 * Has the archives of a bus keep events that came to it, in the transaction that takes them before the rules. What is told again isn't
 * kept again.
 */
export async function keepEvents(
  tx: MetadataTransaction,
  bus: BusKey,
  events: readonly Event[],
): Promise<void> {
  const archives = await tx.archives.archivesOf(bus)
  if (archives.length === 0) return
  const index = indexOf(archives)
  const fresh = events
    .filter((event) => event['replay-name'] === undefined)
    .map((event) => ({ event, wanted: index.matches({ ...event }) }))
  for (const archive of archives) {
    const kept = fresh.filter(({ wanted }) => archive.pattern === undefined || wanted.has(archive))
    await tx.archives.keep(
      archive,
      kept.map(({ event }) => event),
    )
  }
}

function indexOf(archives: readonly Archive[]): PatternIndex<Archive> {
  return new PatternIndex(
    archives.flatMap((archive) =>
      archive.pattern === undefined ? [] : [[patternOf(archive.pattern), archive] as const],
    ),
  )
}
