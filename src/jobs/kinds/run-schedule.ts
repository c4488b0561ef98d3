import type { Messaging } from '../../messaging/messaging.ts'
import { scheduleJobKind } from '../../messaging/rules/put-rule.ts'
import { runSchedule } from '../../messaging/rules/run-schedule.ts'
import type { JobKind } from '../job-kind.ts'

/** Runs rules at the times of their schedules. */
export function runScheduleKind(messaging: Messaging): JobKind {
  return { name: scheduleJobKind, atOnce: 4, run: ({ key }) => runSchedule(messaging, key) }
}
