import { replayJobKind, runReplay } from '../../messaging/archives/run-replay.ts'
import type { Messaging } from '../../messaging/messaging.ts'
import type { JobKind } from '../job-kind.ts'

/** Tells events of archives again. */
export function replayEventsKind(messaging: Messaging): JobKind {
  return {
    name: replayJobKind,
    atOnce: 4,
    async run({ key, signal }) {
      await runReplay(messaging, key, signal)
      return undefined
    },
  }
}
