import type { ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse } from '@aws-sdk/client-eventbridge'
import { findBus } from '../../messaging/rules/find-bus.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import type { EventsAction } from './events-action.ts'
import { onRule, requestedBus, requestedRule } from './requested-rule.ts'

const defaultPageSize = 100

/** @see Amazon EventBridge API reference, ListRuleNamesByTarget */
export const listRuleNamesByTarget: EventsAction<
  ListRuleNamesByTargetRequest,
  ListRuleNamesByTargetResponse
> = {
  operation: 'ListRuleNamesByTarget',
  permissions: (input, call) => onRule('events:ListRuleNamesByTarget', requestedRule('*', input, call)),
  async run(input, call, { messaging: { metadata } }) {
    const bus = requestedBus(input.EventBusName, call)
    await findBus(metadata.rules, bus)
    const after = namePosition(call.pages)
    const { rows, nextToken } = await readPage(call, {
      size: input.Limit ?? defaultPageSize,
      read: (limit) => metadata.rules.namesByTarget(bus, input.TargetArn, { after, limit }),
      positionOf: (last) => last,
    })
    return { RuleNames: [...rows], ...(nextToken !== undefined && { NextToken: nextToken }) }
  },
}
