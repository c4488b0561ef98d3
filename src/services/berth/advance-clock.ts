import type { BerthAction } from './berth-action.ts'
import type { TestClock } from './berth-context.ts'
import { tellTime } from './describe-clock.ts'
import { onServer } from './permissions.ts'

/** Lets time pass at once, so that nobody's test needs to wait for it. Pulls noted so far are written down first, with their own time. */
export function advanceClock(clock: TestClock): BerthAction<'AdvanceClock'> {
  return {
    operation: 'AdvanceClock',
    permissions: onServer('berth:AdvanceClock'),
    async run({ seconds }, _call, { registry }) {
      await registry.pulls.flush()
      const jobsRun = await clock.advance(seconds * 1_000)
      return { ...tellTime(clock), jobsRun }
    },
  }
}
