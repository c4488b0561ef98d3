import type { Permission } from '../../access/permission.ts'
import type { Call } from '../service.ts'

type BerthIamAction = `berth:${string}`

/** Declares an action that is done to no single resource but to the caller's own registry. */
export function onRegistry(action: BerthIamAction): (request: unknown, call: Call) => readonly Permission[] {
  return (_request, { registry }) => [{ action, resource: '*', owner: registry.account }]
}
