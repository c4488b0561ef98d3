import { isRegion, type Region } from '../../../core/names/region.ts'
import { RefusalError } from '../refusal.ts'
import type { CredentialScope } from './claim.ts'
import { formatStamp } from './request-time.ts'

/**
 * Takes `<key id>/<date>/<region>/<service>/aws4_request` apart.
 *
 * @throws RefusalError incomplete-signature when it has other than five parts
 */
export function parseCredential(text: string): { readonly keyId: string; readonly scope: CredentialScope } {
  const [keyId, date, region, service, terminator, ...more] = text.split('/')
  if (
    !keyId ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    !terminator ||
    more.length
  ) {
    throw new RefusalError(
      'incomplete-signature',
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${text}'`,
    )
  }
  return { keyId, scope: { date, region, service, terminator } }
}

/**
 * Resolves to the region a scope names, once the scope is found to be for this service and for the day of `time`.
 *
 * @throws RefusalError signature-mismatch
 */
export function checkScope(scope: CredentialScope, service: string, time: Date): Region {
  const { region } = scope
  if (!isRegion(region)) throw mismatch(`Credential should be scoped to a valid region, not '${region}'.`)
  if (scope.service !== service) {
    throw mismatch(`Credential should be scoped to correct service: '${service}'.`)
  }
  if (scope.terminator !== 'aws4_request') {
    throw mismatch(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${scope.terminator}'.`,
    )
  }
  checkDate(scope.date, formatStamp(time))
  return region
}

function checkDate(date: string, stamp: string): void {
  const expected = stamp.slice(0, 8)
  if (date === expected) return
  throw mismatch(
    `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${expected}', from '${stamp}'.`,
  )
}

function mismatch(message: string): RefusalError {
  return new RefusalError('signature-mismatch', message)
}
