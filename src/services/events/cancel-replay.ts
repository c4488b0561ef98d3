import type { CancelReplayRequest, CancelReplayResponse } from '@aws-sdk/client-eventbridge'
import { replayArn } from '../../core/events/replay.ts'
import { cancelReplay as cancel } from '../../messaging/archives/cancel-replay.ts'
import type { EventsAction } from './events-action.ts'
import { named, onReplay } from './requested-archive.ts'

/** @see Amazon EventBridge API reference, CancelReplay */
export const cancelReplay: EventsAction<CancelReplayRequest, CancelReplayResponse> = {
  operation: 'CancelReplay',
  permissions: (input, call) => onReplay('events:CancelReplay', named(input.ReplayName, call)),
  async run(input, call, { messaging }) {
    const replay = await cancel(messaging, named(input.ReplayName, call))
    return { ReplayArn: replayArn(replay), State: replay.state }
  },
}
