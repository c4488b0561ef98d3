import { isObject } from '../../core/event-patterns/leaf.ts'
import { EventsValidationError } from '../../core/events/errors.ts'
import { type Event, eventOf } from '../../core/events/event.ts'
import { type BusKey, defaultBus } from '../../core/events/rule.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import type { MetadataTransaction } from '../../stores/metadata/metadata-store.ts'
import type { Messaging } from '../messaging.ts'

/** An event that somebody sends. */
export interface EventEntry {
  readonly bus: BusKey
  readonly time?: Date | undefined
  readonly source?: string | undefined
  readonly detailType?: string | undefined
  /** The text of a JSON object. */
  readonly detail?: string | undefined
  readonly resources?: readonly string[] | undefined
}

/** What became of an entry: its event's id, or why it was not taken. */
export type SentEntry =
  | { readonly id: string }
  | { readonly refusal: { readonly code: string; readonly message: string } }

/** Bytes of all entries of one call. @see Amazon EventBridge user guide, "Calculating Amazon EventBridge event size" */
const mostBytes = 256 * 1024

/**
 * Sends events to buses; one answer an entry, in their order. What goes to a bus that isn't there is dropped, as on AWS.
 *
 * @throws EventsValidationError for too many bytes in all
 */
export async function putEvents(
  { metadata, now, newId }: Messaging,
  sender: RegistryKey,
  entries: readonly EventEntry[],
): Promise<SentEntry[]> {
  const bytes = entries.reduce((sum, entry) => sum + sizeOf(entry), 0)
  if (bytes > mostBytes) {
    throw new EventsValidationError('Total size of the entries in the request is over the limit.')
  }
  const at = now()
  const read = entries.map((entry) => readEntry(sender, entry, { id: newId(), at: entry.time ?? at }))
  await metadata.write(async (tx) => {
    const sent = read.flatMap((one, place) => {
      const entry = entries[place]
      return 'event' in one && entry !== undefined ? [{ bus: entry.bus, event: one.event }] : []
    })
    const arriving: typeof sent = []
    for (const one of sent) if (await isThere(tx, one.bus)) arriving.push(one)
    await tx.events.add(arriving)
  })
  return read.map((one) => ('event' in one ? { id: one.event.id } : one))
}

async function isThere(tx: MetadataTransaction, bus: BusKey): Promise<boolean> {
  return bus.name === defaultBus || (await tx.rules.bus(bus)) !== undefined
}

function readEntry(
  registry: RegistryKey,
  { source, detailType, detail, resources = [] }: EventEntry,
  facts: { readonly id: string; readonly at: Date },
): { readonly event: Event } | Extract<SentEntry, { refusal: unknown }> {
  if (!source) return missing('Source')
  if (!detailType) return missing('DetailType')
  if (!detail) return missing('Detail')
  if (source.startsWith('aws.')) {
    return refusal('NotAuthorizedForSourceException', 'Not authorized for the source.')
  }
  const object = parse(detail)
  if (!isObject(object)) return refusal('MalformedDetail', 'Detail is malformed.')
  return { event: eventOf({ registry, source, detailType, resources, detail: object }, facts) }
}

function missing(name: string) {
  return refusal('InvalidArgument', `Parameter ${name} is not valid. Reason: ${name} is a required argument.`)
}

function refusal(code: string, message: string) {
  return { refusal: { code, message } }
}

function sizeOf({ time, source = '', detailType = '', detail = '', resources = [] }: EventEntry): number {
  const texts = [source, detailType, detail, ...resources]
  return (time ? 14 : 0) + texts.reduce((sum, text) => sum + utf8Length(text), 0)
}

function utf8Length(text: string): number {
  return Buffer.byteLength(text)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
