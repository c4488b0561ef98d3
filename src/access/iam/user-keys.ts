import { type AccessKeyPair, makeAccessKey } from '../../core/accounts/make-access-key.ts'
import type { Entity } from '../../core/iam/entity.ts'
import { IamLimitExceededError, NoSuchEntityError } from '../../core/iam/iam-errors.ts'
import type { StoredCredential } from '../../stores/metadata/iam.ts'
import { changeIam, type Iam } from './iam.ts'

const keysPerUser = 2

/** Another access key for a user, its secret shown this once. @throws IamLimitExceededError for a third one */
export async function createUserKey(iam: Iam, user: Entity): Promise<AccessKeyPair & { createdAt: Date }> {
  const { id, secret } = makeAccessKey('AKIA', iam.randomBytes)
  const createdAt = iam.now()
  await changeIam(iam, async (tx) => {
    if ((await tx.iam.keysOf(user.id)).length >= keysPerUser) {
      throw new IamLimitExceededError(`Cannot exceed quota for AccessKeysPerUser: ${keysPerUser}`)
    }
    await tx.iam.addCredential({
      id,
      account: user.account,
      entityId: user.id,
      encryptedSecret: iam.vault.encrypt(secret, id),
      encryptedToken: undefined,
      session: undefined,
      status: 'Active',
      createdAt,
      expiresAt: undefined,
    })
  })
  return { id, secret, createdAt }
}

/** @throws NoSuchEntityError */
export function setUserKeyStatus(
  iam: Iam,
  user: Entity,
  key: { readonly id: string; readonly status: StoredCredential['status'] },
): Promise<void> {
  return changeUserKey(iam, user, key.id, (tx) => tx.iam.setKeyStatus(key.id, key.status))
}

/** @throws NoSuchEntityError */
export function deleteUserKey(iam: Iam, user: Entity, id: string): Promise<void> {
  return changeUserKey(iam, user, id, async (tx) => void (await tx.iam.deleteCredential(id)))
}

async function changeUserKey(
  iam: Iam,
  user: Entity,
  id: string,
  change: Parameters<typeof changeIam<void>>[1],
): Promise<void> {
  await changeIam(iam, async (tx) => {
    const key = await tx.iam.credential(id)
    if (key?.entityId !== user.id || key.session !== undefined) {
      throw new NoSuchEntityError(`The Access Key with id ${id} cannot be found.`)
    }
    await change(tx)
  })
  iam.keys.forget(id)
}
