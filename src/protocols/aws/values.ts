/** A structure's modelled members by name; an absent one has no entry or is undefined. */
export type Members = Readonly<Record<string, unknown>>

/** Tells whether a value can be a structure or a map: an object that isn't one of the model's other types. */
export function isMembers(value: unknown): value is Members {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array)
  )
}

/** Tells whether a value is a Date that stands for a moment. */
export function isMoment(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime())
}
