import { EntityAlreadyExistsError, NoSuchEntityError } from '../../core/iam/iam-errors.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import type { Iam } from './iam.ts'

/** Names an account; it has one name, which no other account has. @throws EntityAlreadyExistsError */
export async function setAccountAlias({ metadata }: Iam, account: AccountId, alias: string): Promise<void> {
  const isSet = await metadata.write((tx) => tx.accounts.setAlias(account, alias))
  if (!isSet) throw new EntityAlreadyExistsError(`The account alias ${alias} already exists.`)
}

/** @throws NoSuchEntityError for a name that the account doesn't have */
export async function removeAccountAlias(
  { metadata }: Iam,
  account: AccountId,
  alias: string,
): Promise<void> {
  await metadata.write(async (tx) => {
    if ((await tx.accounts.aliasOf(account)) !== alias) {
      throw new NoSuchEntityError(`The account alias ${alias} cannot be found.`)
    }
    await tx.accounts.removeAlias(account)
  })
}
