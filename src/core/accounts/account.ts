import { InvalidParameterError } from '../errors.ts'
import type { AccountId } from '../names/account-id.ts'

/** An account beside the server's own. */
export interface Account {
  readonly id: AccountId
  /** A name that people know it by; no other account has it. */
  readonly alias: string | undefined
  readonly createdAt: Date
}

const aliasPattern = /^[a-z0-9](?:[a-z0-9]|-(?!-)){1,61}[a-z0-9]$/

/** @throws InvalidParameterError at `alias` @see IAM API reference, CreateAccountAlias */
export function parseAccountAlias(text: string): string {
  if (aliasPattern.test(text)) return text
  throw new InvalidParameterError(
    'alias',
    "must satisfy regular expression '^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$'",
  )
}
