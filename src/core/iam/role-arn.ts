import { type AccountId, isAccountId } from '../names/account-id.ts'

const pattern = /^arn:aws:iam::([0-9]{12}):role\/(?:.*\/)?([^/]+)$/

/** Whose role an ARN names, or undefined for what is no role's. */
export function parseRoleArn(
  arn: string,
): { readonly account: AccountId; readonly name: string } | undefined {
  const [, account = '', name = ''] = pattern.exec(arn) ?? []
  return isAccountId(account) ? { account, name } : undefined
}
