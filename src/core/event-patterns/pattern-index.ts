import { fitsPattern } from './fits-pattern.ts'
import { flattenEvent } from './flatten-event.ts'
import type { Conjunction, EventPattern, FieldPattern } from './pattern.ts'
import { type TextKey, TextTable } from './text-table.ts'

interface Entry<Name> {
  readonly fields: Conjunction
  readonly name: Name
}

/**
 * Many patterns at once. Each that demands certain texts of some field, or beginnings or ends of texts, is looked at only when an event
 * has one of them there, so that a thousand rules about different repositories cost about as much as those that may fit.
 */
export class PatternIndex<Name> {
  /** By path. */
  readonly #tables = new Map<string, TextTable<Entry<Name>>>()
  readonly #others: Entry<Name>[] = []

  constructor(patterns: Iterable<readonly [EventPattern, Name]>) {
    const entries = [...patterns].flatMap(([pattern, name]) => pattern.map((fields) => ({ fields, name })))
    const uses = countUses(entries)
    for (const entry of entries) this.#add(entry, mostTelling(entry.fields, uses))
  }

  /** The names of all patterns that an event fits. */
  matches(event: Readonly<Record<string, unknown>>): Set<Name> {
    const flat = flattenEvent(event)
    const names = new Set<Name>()
    for (const { fields, name } of this.#candidates(flat)) {
      if (!names.has(name) && fitsPattern([fields], flat)) names.add(name)
    }
    return names
  }

  /** What demands no text, or one that the event has. */
  #candidates(flat: ReturnType<typeof flattenEvent>): Set<Entry<Name>> {
    const found = new Set<Entry<Name>>(this.#others)
    for (const [path, table] of this.#tables) {
      for (const { value } of flat.get(path) ?? []) {
        if (typeof value !== 'string') continue
        for (const entry of table.find(value)) found.add(entry)
      }
    }
    return found
  }

  #add(entry: Entry<Name>, field: FieldPattern | undefined): void {
    if (field?.keys === undefined) {
      this.#others.push(entry)
      return
    }
    const table = this.#tables.get(field.path) ?? new TextTable<Entry<Name>>()
    this.#tables.set(field.path, table)
    for (const key of field.keys) table.add(key, entry)
  }
}

/** How many entries ask for a text of a field. */
type Uses = ReadonlyMap<string, number>

function countUses(entries: readonly { readonly fields: Conjunction }[]): Uses {
  const uses = new Map<string, number>()
  for (const { fields } of entries) {
    for (const { path, keys = [] } of fields) {
      for (const key of keys) uses.set(nameOf(path, key), (uses.get(nameOf(path, key)) ?? 0) + 1)
    }
  }
  return uses
}

function nameOf(path: string, { kind, text }: TextKey): string {
  return `${kind} ${path} ${text}`
}

/** The field whose texts the fewest others ask for. */
function mostTelling(fields: Conjunction, uses: Uses): FieldPattern | undefined {
  const sharers = ({ path, keys = [] }: FieldPattern) =>
    keys.reduce((sum, key) => sum + (uses.get(nameOf(path, key)) ?? 0), 0)
  return fields
    .filter(({ keys }) => keys !== undefined)
    .toSorted((one, other) => sharers(one) - sharers(other))
    .at(0)
}
