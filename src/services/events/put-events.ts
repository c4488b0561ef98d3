import type { PutEventsRequest, PutEventsResponse, PutEventsResultEntry } from '@aws-sdk/client-eventbridge'
import { putEvents as put, type SentEntry } from '../../messaging/rules/put-events.ts'
import type { EventsAction } from './events-action.ts'
import { refuseUnoffered } from './refuse-unoffered.ts'
import { onBus, requestedBus } from './requested-rule.ts'

/** Sends events to buses. @see Amazon EventBridge API reference, PutEvents */
export const putEvents: EventsAction<PutEventsRequest, PutEventsResponse> = {
  operation: 'PutEvents',
  permissions: (input, call) =>
    input.Entries.flatMap(({ EventBusName: bus, Source: source, DetailType: type }) =>
      onBus('events:PutEvents', requestedBus(bus, call), {
        ...(source !== undefined && { 'events:source': source }),
        ...(type !== undefined && { 'events:detail-type': type }),
      }),
    ),
  async run(input, call, { messaging }) {
    refuseUnoffered(input, ['EndpointId'])
    const entries = input.Entries.map((entry) => ({
      bus: requestedBus(entry.EventBusName, call),
      time: entry.Time,
      source: entry.Source,
      detailType: entry.DetailType,
      detail: entry.Detail,
      resources: entry.Resources,
    }))
    const sent = await put(messaging, call.registry, entries)
    return { FailedEntryCount: sent.filter((one) => 'refusal' in one).length, Entries: sent.map(entryShape) }
  },
}

function entryShape(sent: SentEntry): PutEventsResultEntry {
  if ('id' in sent) return { EventId: sent.id }
  return { ErrorCode: sent.refusal.code, ErrorMessage: sent.refusal.message }
}
