import type { ModelJson } from './model-json.ts'
import type { StructureShape } from './shape.ts'
import { ShapeResolver } from './shape-resolver.ts'

/** One operation of a service: what comes in, what goes out. */
export interface Operation {
  readonly name: string
  readonly input: StructureShape
  readonly output: StructureShape
  /** The element around the output in XML (`GetCallerIdentityResult`); operations without output have none. */
  readonly resultWrapper: string | undefined
}

/** A modelled error: its names on the wire, its HTTP status and its members. */
export interface ModelledException {
  /** In JSON. */
  readonly code: string
  /** In XML. */
  readonly queryCode: string
  readonly status: number
  readonly shape: StructureShape
}

export type AwsProtocol = 'json' | 'query'

/** What a service speaks and offers, as its model says. */
export interface ServiceModel {
  /** The service's name in signatures, such as `ecr`. */
  readonly name: string
  readonly protocol: AwsProtocol
  /** Whether it answers Query requests: as its protocol, or to clients of the time when it was. */
  readonly answersQuery: boolean
  /** For instance `2015-09-21`. */
  readonly version: string
  /** JSON services: what stands before the dot in `X-Amz-Target`. */
  readonly targetPrefix: string | undefined
  readonly jsonVersion: string
  /** Query services: the namespace of their XML. */
  readonly xmlNamespace: string | undefined
  readonly operations: ReadonlyMap<string, Operation>
  /** By shape name, such as `RepositoryNotFoundException`. */
  readonly exceptions: ReadonlyMap<string, ModelledException>
}

/** @throws RangeError when the file uses a protocol or a type that the front end doesn't speak */
export function readServiceModel({ metadata, operations, shapes }: ModelJson): ServiceModel {
  const resolver = new ShapeResolver(shapes)
  return {
    name: metadata.signingName ?? metadata.endpointPrefix,
    protocol: readProtocol(metadata.protocol),
    answersQuery: (metadata.protocols ?? [metadata.protocol]).includes('query'),
    version: metadata.apiVersion,
    targetPrefix: metadata.targetPrefix,
    jsonVersion: metadata.jsonVersion ?? '1.1',
    xmlNamespace: metadata.xmlNamespace,
    operations: readOperations(operations, resolver),
    exceptions: readExceptions(shapes, resolver),
  }
}

function readProtocol(protocol: string): AwsProtocol {
  if (protocol === 'json' || protocol === 'query') return protocol
  throw new RangeError(`Models that speak ${protocol} can't be served`)
}

function readOperations(
  operations: ModelJson['operations'],
  resolver: ShapeResolver,
): Map<string, Operation> {
  const read = new Map<string, Operation>()
  for (const [name, { input, output }] of Object.entries(operations)) {
    read.set(name, {
      name,
      input: input ? resolver.structure(input.shape) : nothing,
      output: output ? resolver.structure(output.shape) : nothing,
      resultWrapper: output?.resultWrapper,
    })
  }
  return read
}

const nothing: StructureShape = {
  kind: 'structure',
  name: 'Unit',
  members: new Map(),
  queryNames: new Map(),
  required: [],
}

function readExceptions(
  shapes: ModelJson['shapes'],
  resolver: ShapeResolver,
): Map<string, ModelledException> {
  const read = new Map<string, ModelledException>()
  for (const [name, { exception, fault, error }] of Object.entries(shapes)) {
    if (!exception) continue
    read.set(name, {
      code: name,
      queryCode: error?.code ?? name,
      status: error?.httpStatusCode ?? (fault ? 500 : 400),
      shape: resolver.structure(name),
    })
  }
  return read
}
