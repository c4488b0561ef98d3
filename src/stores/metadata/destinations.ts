import type { RegistryKey } from '../../core/names/registry-key.ts'

/** Something of EventBridge's that has a name and an id; what it is made of is JSON. */
export interface NamedThing extends RegistryKey {
  readonly kind: 'connection' | 'api-destination'
  readonly name: string
  /** A UUID, new for each that is made. */
  readonly id: string
  readonly content: unknown
  readonly createdAt: Date
  readonly changedAt: Date
}

type ThingKey = RegistryKey & Pick<NamedThing, 'kind' | 'name'>

export interface DestinationReader {
  find(key: ThingKey): Promise<NamedThing | undefined>
  list(
    registry: RegistryKey,
    kind: NamedThing['kind'],
    page: {
      readonly prefix?: string | undefined
      readonly after?: string | undefined
      readonly limit: number
    },
  ): Promise<NamedThing[]>
}

export interface DestinationWriter {
  put(thing: NamedThing): Promise<void>
  delete(key: ThingKey): Promise<void>
}
