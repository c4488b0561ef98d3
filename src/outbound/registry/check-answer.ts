import type { OutboundResponse } from '../outbound-request.ts'
import {
  RegistryBusyError,
  RegistryFailedError,
  RegistryNotFoundError,
  RegistryRefusedError,
} from './registry-errors.ts'

const usualPause = 60_000
const longestPause = 3_600_000

/**
 * Lets an answer of 200 pass.
 *
 * @throws {RegistryAnswerError} for every other, by what it means
 */
export function checkAnswer({ status, headers, url: { host } }: OutboundResponse, now: Date): void {
  switch (status) {
    case 200:
      return
    case 404:
      throw new RegistryNotFoundError(`${host} doesn't have it`)
    case 401:
    case 403:
      throw new RegistryRefusedError(`${host} refused access (${status})`)
    case 429: {
      throw new RegistryBusyError(
        `${host} wants to be asked less often`,
        pauseOf(headers['retry-after'], now),
      )
    }
    default:
      throw new RegistryFailedError(`${host} answered ${status}`)
  }
}

/** @see RFC 9110, 10.2.3: seconds, or a date */
function pauseOf(header: string | undefined, now: Date): number {
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header ?? '') - now.getTime()
  return header === undefined || Number.isNaN(ms) ? usualPause : Math.min(Math.max(ms, 1000), longestPause)
}
