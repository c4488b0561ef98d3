import { eventOf, type Occurrence } from '../core/events/event.ts'
import { defaultBus } from '../core/events/rule.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'
import type { Registry } from './registry.ts'

/**
 * Tells what happened, in the transaction in which it happens: the events are as durable as what they tell of, and gone with
 * it when it fails. They reach whoever wants to know at least once, those of one repository in their order. Call it once for
 * all that a transaction has to tell: it is one more statement. Extras that nobody has asked for are passed over.
 */
export async function emitEvents(
  tx: MetadataTransaction,
  { now, newId, extraEvents }: Pick<Registry, 'now' | 'newId' | 'extraEvents'>,
  occurrences: readonly Occurrence[],
): Promise<void> {
  const wanted = occurrences.filter(({ extra }) => extra === undefined || extraEvents.has(extra))
  if (wanted.length === 0) return
  const at = now()
  const events = wanted.map((occurrence) => eventOf(occurrence, { id: newId(), at }))
  const sent = events.map((event) => {
    const { account, region } = event
    return { bus: { account, region, name: defaultBus }, event }
  })
  await tx.events.add(sent)
}
