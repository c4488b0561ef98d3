import type { DescribeReplayResponse } from '@aws-sdk/client-eventbridge'
import { archiveArn } from '../../core/events/archive.ts'
import { type Replay, replayArn } from '../../core/events/replay.ts'
import { busArn } from '../../core/events/rule.ts'

/** A replay as lists show it. */
export function listedReplayShape(replay: Replay) {
  const { account, region, last, reason, endedAt } = replay
  return {
    ReplayName: replay.name,
    EventSourceArn: archiveArn({ account, region, name: replay.archive }),
    State: replay.state,
    ...(reason !== undefined && { StateReason: reason }),
    EventStartTime: replay.from,
    EventEndTime: replay.to,
    ...(last !== undefined && { EventLastReplayedTime: new Date(last.at) }),
    ReplayStartTime: replay.startedAt,
    ...(endedAt !== undefined && { ReplayEndTime: endedAt }),
  }
}

/** A replay as DescribeReplay shows it. */
export function replayShape(replay: Replay): DescribeReplayResponse {
  const { description, bus, rules } = replay
  return {
    ReplayArn: replayArn(replay),
    ...listedReplayShape(replay),
    ...(description !== undefined && { Description: description }),
    Destination: { Arn: busArn(bus), ...(rules.length > 0 && { FilterArns: [...rules] }) },
  }
}
