import type { ListTargetsByRuleRequest, ListTargetsByRuleResponse } from '@aws-sdk/client-eventbridge'
import { ruleNotFound } from '../../core/events/errors.ts'
import { findBus } from '../../messaging/rules/find-bus.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { EventsAction } from './events-action.ts'
import { onRule, requestedRule } from './requested-rule.ts'
import { targetShape } from './target-shape.ts'

const defaultPageSize = 100

/** @see Amazon EventBridge API reference, ListTargetsByRule */
export const listTargetsByRule: EventsAction<ListTargetsByRuleRequest, ListTargetsByRuleResponse> = {
  operation: 'ListTargetsByRule',
  permissions: (input, call) => onRule('events:ListTargetsByRule', requestedRule(input.Rule, input, call)),
  async run(input, call, { messaging: { metadata } }) {
    const key = requestedRule(input.Rule, input, call)
    await findBus(metadata.rules, { ...key, name: key.bus })
    if ((await metadata.rules.find(key)) === undefined) throw ruleNotFound(key)
    const after = namePosition(call.pages) ?? ''
    const targets = await metadata.rules.targets(key)
    const { rows, nextToken } = await readPage(call, {
      size: input.Limit ?? defaultPageSize,
      read: async (limit) => targets.filter(({ Id: id }) => id > after).slice(0, limit),
      positionOf: (last) => last.Id,
    })
    return { Targets: rows.map(targetShape), ...(nextToken !== undefined && { NextToken: nextToken }) }
  },
}
