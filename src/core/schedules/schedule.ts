import { type CronSchedule, nextCronTime, parseCron } from './cron.ts'
import { parseRate } from './rate.ts'

/** When a rule runs by itself. */
export type Schedule =
  | { readonly kind: 'rate'; readonly every: number }
  | { readonly kind: 'cron'; readonly cron: CronSchedule }

/**
 * Reads `rate(5 minutes)` or `cron(0 2 ? * SAT *)`; undefined for any other text.
 *
 * @see Amazon EventBridge user guide, "Setting a schedule pattern for scheduled rules"
 */
export function parseSchedule(text: string): Schedule | undefined {
  const every = parseRate(text)
  if (every !== undefined) return { kind: 'rate', every }
  const cron = parseCron(text)
  return cron && { kind: 'cron', cron }
}

/** The first time after a time; undefined when there is none any more. */
export function nextTime(schedule: Schedule, after: Date): Date | undefined {
  return schedule.kind === 'rate'
    ? new Date(after.getTime() + schedule.every)
    : nextCronTime(schedule.cron, after)
}
