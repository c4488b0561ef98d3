import { isObject, type JsonObject } from '../../core/event-patterns/leaf.ts'
import {
  EventPolicyTooLongError,
  EventResourceNotFoundError,
  EventsValidationError,
} from '../../core/events/errors.ts'
import { type BusKey, busArn } from '../../core/events/rule.ts'
import { parsePolicy } from '../../core/policies/parse-policy.ts'
import { PolicyDocumentError } from '../../core/policies/policy-document-error.ts'
import type { Messaging } from '../messaging.ts'
import { findBus } from './find-bus.ts'

/** Characters of a bus's policy. */
const longest = 10_240

/** Lets an account, or everyone with `*`, send events to a bus. */
export interface BusStatement {
  readonly id: string
  readonly principal: string
  readonly action: string
  readonly condition?: { readonly Type: string; readonly Key: string; readonly Value: string } | undefined
}

/** Puts a whole policy in the place of a bus's. @throws EventsValidationError, EventPolicyTooLongError, EventResourceNotFoundError */
export async function putBusPolicy(messaging: Messaging, key: BusKey, policy: string): Promise<void> {
  try {
    parsePolicy(policy, 'resource')
  } catch (error) {
    if (!(error instanceof PolicyDocumentError)) throw error
    throw new EventsValidationError(`Parameter Policy is not valid. Reason: ${error.message}`)
  }
  await setPolicy(messaging, key, () => policy)
}

/** Adds a statement to a bus's policy, or takes the place of the one with its id. */
export async function putBusStatement(
  messaging: Messaging,
  key: BusKey,
  statement: BusStatement,
): Promise<void> {
  const { id, principal, action, condition } = statement
  const added = {
    Sid: id,
    Effect: 'Allow',
    Principal: principal === '*' ? '*' : { AWS: `arn:aws:iam::${principal}:root` },
    Action: action,
    Resource: busArn(key),
    ...(condition && { Condition: { [condition.Type]: { [condition.Key]: condition.Value } } }),
  }
  await setPolicy(messaging, key, (policy) => {
    const others = statementsOf(policy).filter(({ Sid: sid }) => sid !== id)
    return policyText([...others, added])
  })
}

/** Takes one statement from a bus's policy, or all of it without an id. @throws EventResourceNotFoundError */
export async function removeBusStatement(
  messaging: Messaging,
  key: BusKey,
  id: string | undefined,
): Promise<void> {
  await setPolicy(messaging, key, (policy) => {
    const statements = statementsOf(policy)
    const others = id === undefined ? [] : statements.filter(({ Sid: sid }) => sid !== id)
    if (id !== undefined && others.length === statements.length) {
      throw new EventResourceNotFoundError('Statement with the provided id does not exist.')
    }
    return others.length === 0 ? undefined : policyText(others)
  })
}

async function setPolicy(
  { metadata, now }: Messaging,
  key: BusKey,
  change: (policy: string | undefined) => string | undefined,
): Promise<void> {
  await metadata.write(async (tx) => {
    const bus = await findBus(tx.rules, key)
    const policy = change(bus.policy)
    if (policy !== undefined && policy.length > longest) {
      throw new EventPolicyTooLongError(`The policy is longer than ${longest} characters`)
    }
    await tx.rules.putBus({ ...bus, policy, changedAt: now() })
  })
}

function statementsOf(policy: string | undefined): JsonObject[] {
  const document: unknown = policy === undefined ? {} : JSON.parse(policy)
  const statements: unknown = isObject(document) ? document.Statement : []
  return (Array.isArray(statements) ? statements : [statements]).filter(isObject)
}

function policyText(statements: readonly JsonObject[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements })
}
