import type { DescribeReplayRequest, DescribeReplayResponse } from '@aws-sdk/client-eventbridge'
import { findReplay } from '../../messaging/archives/cancel-replay.ts'
import type { EventsAction } from './events-action.ts'
import { replayShape } from './replay-shape.ts'
import { named, onReplay } from './requested-archive.ts'

/** @see Amazon EventBridge API reference, DescribeReplay */
export const describeReplay: EventsAction<DescribeReplayRequest, DescribeReplayResponse> = {
  operation: 'DescribeReplay',
  permissions: (input, call) => onReplay('events:DescribeReplay', named(input.ReplayName, call)),
  run: async ({ ReplayName: name }, call, { messaging: { metadata } }) =>
    replayShape(await findReplay(metadata.archives, named(name, call))),
}
