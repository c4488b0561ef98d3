import type { DecidingStatement } from '../../core/policies/decide.ts'
import type { KeptTrailRecord } from '../../core/trail/trail-record.ts'
import type { TrailPosition } from '../../stores/metadata/trail.ts'
import { invalidNextToken } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { Pages } from '../service.ts'
import type { BerthAction } from './berth-action.ts'
import { onRegistry } from './permissions.ts'
import type { AuditEvent } from './shapes.ts'

const defaultPageSize = 100

/** The audit trail of the caller's account, latest first. @see AWS CloudTrail API reference, LookupEvents */
export const lookupEvents: BerthAction<'LookupEvents'> = {
  operation: 'LookupEvents',
  permissions: onRegistry('berth:LookupEvents'),
  async run(input, call, { registry: { metadata } }) {
    const { principal, action, repositoryName: repository, outcome, startTime: from, endTime: to } = input
    const filter = { principal, action, repository, outcome, from, to }
    const before = readPosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: input.maxResults ?? defaultPageSize,
      read: (limit) => metadata.trail.list(call.registry.account, filter, { before, limit }),
      positionOf: ({ at, id }) => [at.getTime(), id],
    })
    return { events: rows.map(toShape), nextToken }
  },
}

function readPosition({ position }: Pages): TrailPosition | undefined {
  if (position === undefined) return undefined
  const [at, id] = Array.isArray(position) ? position : []
  if (typeof at === 'number' && typeof id === 'number') return { at: new Date(at), id }
  throw invalidNextToken()
}

function toShape({ id, account, at, repository, by, until, parameters, result, ...rest }: KeptTrailRecord) {
  const event: AuditEvent = {
    ...rest,
    eventId: id,
    eventTime: at,
    repositoryName: repository,
    decidedBy: by && decidedBy(by),
    parameters: asText(parameters),
    result: asText(result),
    untilTime: until,
  }
  return event
}

function decidedBy(by: DecidingStatement | 'root') {
  return by === 'root' ? { policy: 'root' } : { policy: by.policy, sid: by.sid }
}

function asText(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value)
}
