import type { ModelJson, ReferenceJson, ShapeJson } from './model-json.ts'
import { compilePattern } from './pattern.ts'
import type { Bounds, ListShape, MapShape, Shape, StringShape, StructureShape } from './shape.ts'

/** The shapes of one model, each resolved once; a structure may contain itself. */
export class ShapeResolver {
  readonly #shapes: ModelJson['shapes']
  readonly #resolved = new Map<string, Shape>()

  constructor(shapes: ModelJson['shapes']) {
    this.#shapes = shapes
  }

  /** @throws RangeError when the model has no such structure */
  structure(name: string): StructureShape {
    const shape = this.resolve(name)
    if (shape.kind !== 'structure') throw new RangeError(`${name} is no structure`)
    return shape
  }

  /** @throws RangeError when the model lacks the shape or gives it a type this front end doesn't know */
  resolve(name: string): Shape {
    const known = this.#resolved.get(name)
    if (known) return known
    const json = this.#shapes[name]
    if (!json) throw new RangeError(`The model has no shape ${name}`)
    if (json.type === 'structure') return this.#structure(name, json)
    const shape = this.#simple(name, json)
    this.#resolved.set(name, shape)
    return shape
  }

  #structure(name: string, json: ShapeJson): StructureShape {
    const members = new Map<string, Shape>()
    const queryNames = new Map<string, string>()
    const shape: StructureShape = {
      kind: 'structure',
      name,
      members,
      queryNames,
      required: json.required ?? [],
    }
    // Known before its members are, so that a structure that contains itself comes to an end.
    this.#resolved.set(name, shape)
    for (const [member, reference] of Object.entries(json.members ?? {})) {
      members.set(member, this.resolve(reference.shape))
      const queryName = this.#queryName(reference)
      if (queryName !== undefined) queryNames.set(member, queryName)
    }
    return shape
  }

  /** Elements of a flattened list stand where the list would, and have the name that the list gives them. */
  #queryName({ shape, locationName }: ReferenceJson): string | undefined {
    const { flattened, member } = this.#shapes[shape] ?? {}
    return (flattened ? member?.locationName : undefined) ?? locationName
  }

  #simple(name: string, json: ShapeJson): Shape {
    switch (json.type) {
      case 'list':
        return this.#list(json)
      case 'map':
        return this.#map(json)
      case 'string':
        return stringShape(json)
      case 'integer':
      case 'long':
      case 'double':
        return { kind: json.type, ...bounds(json) }
      case 'float':
        return { kind: 'double', ...bounds(json) }
      case 'blob':
        return { kind: 'blob', ...bounds(json) }
      case 'boolean':
      case 'timestamp':
        return { kind: json.type }
      default:
        throw new RangeError(`Shape ${name} has the unknown type ${json.type}`)
    }
  }

  #list(json: ShapeJson): ListShape {
    const member = this.resolve(json.member?.shape ?? '')
    return { kind: 'list', member, flattened: json.flattened ?? false, ...bounds(json) }
  }

  #map(json: ShapeJson): MapShape {
    return {
      kind: 'map',
      key: this.resolve(json.key?.shape ?? ''),
      value: this.resolve(json.value?.shape ?? ''),
      keyName: json.key?.locationName ?? 'key',
      valueName: json.value?.locationName ?? 'value',
      flattened: json.flattened ?? false,
      ...bounds(json),
    }
  }
}

function stringShape(json: ShapeJson): StringShape {
  return {
    kind: 'string',
    pattern: json.pattern === undefined ? undefined : compilePattern(json.pattern),
    values: json.enum,
    sensitive: json.sensitive ?? false,
    ...bounds(json),
  }
}

function bounds({ min, max }: ShapeJson): Bounds {
  return { min, max }
}
