import type { StartReplayRequest, StartReplayResponse } from '@aws-sdk/client-eventbridge'
import { replayArn } from '../../core/events/replay.ts'
import { startReplay as start } from '../../messaging/archives/start-replay.ts'
import type { EventsAction } from './events-action.ts'
import { named, onReplay, ownArchive, ownBus } from './requested-archive.ts'

/** @see Amazon EventBridge API reference, StartReplay */
export const startReplay: EventsAction<StartReplayRequest, StartReplayResponse> = {
  operation: 'StartReplay',
  permissions: (input, call) => onReplay('events:StartReplay', named(input.ReplayName, call)),
  async run(input, call, { messaging }) {
    const { Destination: destination } = input
    const replay = await start(messaging, {
      ...named(input.ReplayName, call),
      archive: ownArchive('EventSourceArn', input.EventSourceArn, call),
      bus: ownBus('Destination.Arn', destination.Arn ?? '', call),
      rules: destination.FilterArns ?? [],
      description: input.Description,
      from: input.EventStartTime,
      to: input.EventEndTime,
    })
    return { ReplayArn: replayArn(replay), State: replay.state, ReplayStartTime: replay.startedAt }
  },
}
