import type { ListRulesRequest, ListRulesResponse } from '@aws-sdk/client-eventbridge'
import { findBus } from '../../messaging/rules/find-bus.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { EventsAction } from './events-action.ts'
import { onRule, requestedBus, requestedRule } from './requested-rule.ts'
import { ruleShape } from './rule-shape.ts'

const defaultPageSize = 100

/** The rules of one bus. @see Amazon EventBridge API reference, ListRules */
export const listRules: EventsAction<ListRulesRequest, ListRulesResponse> = {
  operation: 'ListRules',
  permissions: (input, call) => onRule('events:ListRules', requestedRule('*', input, call)),
  async run(input, call, { messaging: { metadata } }) {
    const bus = requestedBus(input.EventBusName, call)
    await findBus(metadata.rules, bus)
    const after = namePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: input.Limit ?? defaultPageSize,
      read: (limit) => metadata.rules.list(bus, { prefix: input.NamePrefix, after, limit }),
      positionOf: (last) => last.name,
    })
    return { Rules: rows.map(ruleShape), ...(nextToken !== undefined && { NextToken: nextToken }) }
  },
}
