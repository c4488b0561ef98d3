import { passRole } from '../../access/pass-role.ts'
import type { Permission } from '../../access/permission.ts'
import { EventsValidationError } from '../../core/events/errors.ts'
import { type BusKey, busArn, defaultBus, type RuleKey, ruleArn } from '../../core/events/rule.ts'
import { parseBusArn } from '../../messaging/rules/bus-arn.ts'
import type { Call } from '../service.ts'

/**
 * The bus that a request names by its name or its ARN; the default one of the caller's registry without any.
 *
 * @throws EventsValidationError
 */
export function requestedBus(nameOrArn: string | undefined, { registry }: Call): BusKey {
  const name = nameOrArn ?? defaultBus
  if (!name.startsWith('arn:')) return { account: registry.account, region: registry.region, name }
  const key = parseBusArn(name)
  if (key === undefined) throw new EventsValidationError('Parameter EventBusName is not valid.')
  return key
}

export interface RuleRequest {
  readonly EventBusName?: string | undefined
}

/** A rule of the bus that a request names. @throws EventsValidationError */
export function requestedRule(name: string, { EventBusName: given }: RuleRequest, call: Call): RuleKey {
  const { account, region, name: bus } = requestedBus(given, call)
  return { account, region, bus, name }
}

type EventsIamAction = `events:${string}`

/** @see Service authorization reference, "Actions, resources, and condition keys for Amazon EventBridge" */
export function onBus(
  action: EventsIamAction,
  bus: BusKey,
  context: Permission['context'] = {},
): readonly Permission[] {
  return [{ action, resource: busArn(bus), owner: bus.account, context }]
}

export function onRule(
  action: EventsIamAction,
  rule: RuleKey,
  context: Permission['context'] = {},
): readonly Permission[] {
  return [{ action, resource: ruleArn(rule), owner: rule.account, context }]
}

/** What letting EventBridge act with roles needs. */
export function passingRoles(
  roles: readonly (string | undefined)[],
  { registry: { account } }: Call,
): readonly Permission[] {
  return roles.flatMap((role) =>
    role === undefined ? [] : [passRole(role, account, 'events.amazonaws.com')],
  )
}

/** For actions that IAM knows no resource for. */
export function onNothing(action: EventsIamAction): (input: unknown, call: Call) => readonly Permission[] {
  return (_input, { registry }) => [{ action, resource: '*', owner: registry.account }]
}
