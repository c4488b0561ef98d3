import type { Permission } from '../../access/permission.ts'
import { EventResourceNotFoundError } from '../../core/events/errors.ts'
import type { NamedThing } from '../../stores/metadata/destinations.ts'
import type { Call } from '../service.ts'

type Kind = NamedThing['kind']

/** The key of a connection or an API destination of the caller's registry. */
export function requestedThing(kind: Kind, name: string, { registry: { account, region } }: Call) {
  return { account, region, kind, name }
}

/** The right to do something to a connection or an API destination: policies know it by its name, whatever its id. */
export function onThing(
  action: `events:${string}`,
  kind: Kind,
): (input: { readonly Name: string }, call: Call) => readonly Permission[] {
  return ({ Name: name }, { registry: { account, region } }) => [
    { action, resource: `arn:aws:events:${region}:${account}:${kind}/${name}`, owner: account },
  ]
}

export function connectionNotFound(name: string): EventResourceNotFoundError {
  return new EventResourceNotFoundError(
    `Failed to describe the connection(s). Connection '${name}' does not exist.`,
  )
}

export function apiDestinationNotFound(name: string): EventResourceNotFoundError {
  return new EventResourceNotFoundError(
    `Failed to describe the api-destination(s). An api-destination '${name}' does not exist.`,
  )
}
