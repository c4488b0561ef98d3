/** What a value may look like, as a service model says it; references to other shapes are resolved. */
export type Shape =
  | StructureShape
  | ListShape
  | MapShape
  | StringShape
  | NumberShape
  | BooleanShape
  | BlobShape
  | TimestampShape

/** Inclusive limits: of length for strings, lists, maps and blobs, of value for numbers. */
export interface Bounds {
  readonly min: number | undefined
  readonly max: number | undefined
}

export interface StructureShape {
  readonly kind: 'structure'
  readonly name: string
  /** In the model's order, which is also the order on the wire. */
  readonly members: ReadonlyMap<string, Shape>
  /** What Query requests and XML call members that have another name there. */
  readonly queryNames: ReadonlyMap<string, string>
  readonly required: readonly string[]
}

export interface ListShape extends Bounds {
  readonly kind: 'list'
  readonly member: Shape
  /** In Query requests and XML: no `member` level between the list and its elements. */
  readonly flattened: boolean
}

export interface MapShape extends Bounds {
  readonly kind: 'map'
  readonly key: Shape
  readonly value: Shape
  /** What Query requests and XML call the two halves of an entry. */
  readonly keyName: string
  readonly valueName: string
  readonly flattened: boolean
}

export interface StringShape extends Bounds {
  readonly kind: 'string'
  readonly pattern: Pattern | undefined
  readonly values: readonly string[] | undefined
  /** Never shown in an error text. */
  readonly sensitive: boolean
}

/** A regular expression that the whole of a text must match. */
export interface Pattern {
  /** As the model spells it, for error texts. */
  readonly source: string
  readonly expression: RegExp
}

/** A 32-bit integer, a 64-bit integer or a floating-point number. */
export interface NumberShape extends Bounds {
  readonly kind: 'integer' | 'long' | 'double'
}

export interface BooleanShape {
  readonly kind: 'boolean'
}

/** Bytes: a Uint8Array inside, base64 on the wire. */
export interface BlobShape extends Bounds {
  readonly kind: 'blob'
}

/** A moment: a Date inside, epoch seconds in JSON, ISO 8601 in Query and XML. */
export interface TimestampShape {
  readonly kind: 'timestamp'
}
