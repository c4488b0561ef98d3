import type { ListEventBusesRequest, ListEventBusesResponse } from '@aws-sdk/client-eventbridge'
import { defaultBus, type EventBus } from '../../core/events/rule.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'
import { findBus } from '../../messaging/rules/find-bus.ts'
import type { NamePage, RuleReader } from '../../stores/metadata/rules.ts'
import { namePosition } from '../next-token.ts'
import { readPage } from '../page.ts'
import { busShape } from './bus-shape.ts'
import type { EventsAction } from './events-action.ts'
import { onNothing } from './requested-rule.ts'

const defaultPageSize = 100

/** @see Amazon EventBridge API reference, ListEventBuses */
export const listEventBuses: EventsAction<ListEventBusesRequest, ListEventBusesResponse> = {
  operation: 'ListEventBuses',
  permissions: onNothing('events:ListEventBuses'),
  async run(input, call, { messaging: { metadata } }) {
    const { rows, nextToken } = await readPage(call, {
      size: input.Limit ?? defaultPageSize,
      read: (limit) => {
        const page = { prefix: input.NamePrefix, after: namePosition(call.pages), limit }
        return listWithDefault(metadata.rules, call.registry, page)
      },
      positionOf: (last) => last.name,
    })
    const EventBuses = await Promise.all(rows.map((bus) => busShape(bus, metadata)))
    return { EventBuses, ...(nextToken !== undefined && { NextToken: nextToken }) }
  },
}

/** The default bus is there also where it has no row. */
async function listWithDefault(
  rules: RuleReader,
  registry: RegistryKey,
  page: NamePage,
): Promise<EventBus[]> {
  const found = await rules.buses(registry, page)
  const isInPage = defaultBus.startsWith(page.prefix ?? '') && defaultBus > (page.after ?? '')
  if (!isInPage || found.some(({ name }) => name === defaultBus)) return found
  const { account, region } = registry
  const bus = await findBus(rules, { account, region, name: defaultBus })
  return [...found, bus].toSorted((one, other) => (one.name < other.name ? -1 : 1)).slice(0, page.limit)
}
