import { fitsPattern } from './fits-pattern.ts'
import { flattenEvent } from './flatten-event.ts'
import type { Conjunction, EventPattern, FieldPattern } from './pattern.ts'

interface Entry<Name> {
  readonly fields: Conjunction
  readonly name: Name
}

/**
 * Many patterns at once. Each that demands certain texts of some field is looked at only when an event has one of them there, so
 * that a thousand rules about different repositories cost about as much as those that may fit.
 */
export class PatternIndex<Name> {
  /** By path, then by text. */
  readonly #byText = new Map<string, Map<string, Entry<Name>[]>>()
  readonly #others: Entry<Name>[] = []

  constructor(patterns: Iterable<readonly [EventPattern, Name]>) {
    for (const [pattern, name] of patterns) for (const fields of pattern) this.#add({ fields, name })
  }

  /** The names of all patterns that an event fits. */
  matches(event: Readonly<Record<string, unknown>>): Set<Name> {
    const flat = flattenEvent(event)
    const found = new Set<Entry<Name>>(this.#others)
    for (const [path, entries] of this.#byText) {
      for (const { value } of flat.get(path) ?? []) {
        if (typeof value === 'string') for (const entry of entries.get(value) ?? []) found.add(entry)
      }
    }
    const names = new Set<Name>()
    for (const { fields, name } of found) {
      if (!names.has(name) && fitsPattern([fields], flat)) names.add(name)
    }
    return names
  }

  #add(entry: Entry<Name>): void {
    const field = mostTelling(entry.fields)
    if (field?.texts === undefined) {
      this.#others.push(entry)
      return
    }
    const entries = this.#byText.get(field.path) ?? new Map<string, Entry<Name>[]>()
    this.#byText.set(field.path, entries)
    for (const text of new Set(field.texts)) entries.set(text, [...(entries.get(text) ?? []), entry])
  }
}

/** A field of certain texts; the deeper it lies, the fewer patterns are likely to share its texts. */
function mostTelling(fields: Conjunction): FieldPattern | undefined {
  return fields
    .filter(({ texts }) => texts !== undefined)
    .toSorted((one, other) => depth(other) - depth(one))
    .at(0)
}

function depth({ path }: FieldPattern): number {
  return path.split('.').length
}
