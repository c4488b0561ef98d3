import type { AccountId } from '../core/names/account-id.ts'

/** Who is calling, as IAM names them. */
export interface Principal {
  readonly account: AccountId
  /** For instance `arn:aws:iam::000000000000:root`. */
  readonly arn: string
  /** STS's UserId; the account id for root. */
  readonly userId: string
}
