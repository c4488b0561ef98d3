/** A value of an event that holds no others: what matchers see. */
export type Leaf = string | number | boolean | null

/** Whether a leaf is one of those that a pattern names. */
export type LeafTest = (value: Leaf) => boolean

export function isLeaf(value: unknown): value is Leaf {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value)
}

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
