import type { BerthAction } from './berth-action.ts'
import type { TestClock } from './berth-context.ts'
import { onServer } from './permissions.ts'

/** The time by which the server works. */
export function describeClock(clock: TestClock): BerthAction<'DescribeClock'> {
  return {
    operation: 'DescribeClock',
    permissions: onServer('berth:DescribeClock'),
    run: async () => tellTime(clock),
  }
}

export function tellTime({ now, ahead }: TestClock) {
  return { now: now(), secondsAhead: ahead() / 1_000 }
}
