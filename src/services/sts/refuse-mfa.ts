import { ValidationError } from '../../core/iam/iam-errors.ts'

/** A code that isn't checked would let in whoever has none. @throws ValidationError */
export function refuseMfa({
  SerialNumber,
  TokenCode,
}: {
  readonly SerialNumber?: string
  readonly TokenCode?: string
}): void {
  if (SerialNumber === undefined && TokenCode === undefined) return
  throw new ValidationError('MFA devices are not offered by this server')
}
