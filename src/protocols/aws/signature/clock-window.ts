import { RefusalError } from '../refusal.ts'
import type { Claim } from './claim.ts'
import { formatStamp } from './request-time.ts'

/**
 * Refuses a request signed too long before or after `now`. A presigned URL may be as old as its lifetime allows, which
 * `checkLifetime` looks at once the signature is known to be right.
 *
 * @throws RefusalError signature-mismatch
 */
export function checkClock({ time, lifetime }: Claim, now: Date, windowMinutes: number): void {
  const window = windowMinutes * 60
  if (lifetime === undefined) refuseExpired(time, now, window)
  const latest = shift(now, window)
  if (time <= latest) return
  throw mismatch(
    `Signature not yet current: ${formatStamp(time)} is still later than ${formatStamp(latest)} (${formatStamp(now)} + ${spell(window)})`,
  )
}

/** Refuses a presigned URL past its lifetime. @throws RefusalError signature-mismatch */
export function checkLifetime({ time, lifetime }: Claim, now: Date): void {
  if (lifetime !== undefined) refuseExpired(time, now, lifetime)
}

function refuseExpired(time: Date, now: Date, seconds: number): void {
  const earliest = shift(now, -seconds)
  if (time >= earliest) return
  throw mismatch(
    `Signature expired: ${formatStamp(time)} is now earlier than ${formatStamp(earliest)} (${formatStamp(now)} - ${spell(seconds)})`,
  )
}

/** Stamps know whole seconds, so a comparison of milliseconds could refuse what its own text calls equal. */
function shift(now: Date, seconds: number): Date {
  return new Date((Math.floor(now.getTime() / 1000) + seconds) * 1000)
}

function spell(seconds: number): string {
  return seconds % 60 === 0 ? `${seconds / 60} min.` : `${seconds} sec.`
}

function mismatch(message: string): RefusalError {
  return new RefusalError('signature-mismatch', message)
}
