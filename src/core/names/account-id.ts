import type { Brand } from '../brand.ts'
import { InvalidParameterError } from '../errors.ts'

/** Twelve digits: an AWS account, and so the id of its registry in each region. */
export type AccountId = Brand<string, 'AccountId'>

const pattern = /^[0-9]{12}$/

export function isAccountId(text: string): text is AccountId {
  return pattern.test(text)
}

/** @throws InvalidParameterError at `registryId` for anything but twelve digits (shape RegistryId). */
export function parseAccountId(text: string): AccountId {
  if (!isAccountId(text)) {
    throw new InvalidParameterError('registryId', "must satisfy regular expression '[0-9]{12}'")
  }
  return text
}
