/** A service model file as it lies in `models/`: only what is read of it. Of texts for people,
 * AWS's files have none and Berth's own has all. */
export interface ModelJson {
  readonly metadata: MetadataJson
  readonly operations: Readonly<Record<string, OperationJson>>
  readonly shapes: Readonly<Record<string, ShapeJson>>
}

export interface MetadataJson {
  readonly apiVersion: string
  readonly endpointPrefix: string
  readonly protocol: string
  /** Those that it has spoken before as well, for clients of that time. */
  readonly protocols?: readonly string[]
  /** The service's name in signatures, where it differs from `endpointPrefix`. */
  readonly signingName?: string
  readonly jsonVersion?: string
  readonly targetPrefix?: string
  readonly xmlNamespace?: string
}

interface OperationJson {
  readonly input?: ReferenceJson
  readonly output?: ReferenceJson & { readonly resultWrapper?: string }
  readonly documentation?: string
}

export interface ReferenceJson {
  readonly shape: string
  /** The name in Query requests and XML, where it differs. */
  readonly locationName?: string
  readonly documentation?: string
}

export interface ShapeJson {
  readonly type: string
  readonly members?: Readonly<Record<string, ReferenceJson>>
  readonly required?: readonly string[]
  readonly member?: ReferenceJson
  readonly key?: ReferenceJson
  readonly value?: ReferenceJson
  readonly flattened?: boolean
  readonly min?: number
  readonly max?: number
  readonly pattern?: string
  readonly enum?: readonly string[]
  readonly sensitive?: boolean
  readonly exception?: boolean
  readonly fault?: boolean
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number }
  readonly documentation?: string
}
