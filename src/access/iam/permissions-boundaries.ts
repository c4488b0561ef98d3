import { NoSuchEntityError } from '../../core/iam/iam-errors.ts'
import { type EntityKey, findEntity } from './find-entity.ts'
import { changeIam, type Iam } from './iam.ts'
import { requireAttachable } from './require-attachable.ts'
import { requireModifiable } from './require-modifiable.ts'

/**
 * Lets a user or a role do no more than a managed policy allows, from now on.
 *
 * @throws NoSuchEntityError, UnmodifiableEntityError
 * @see IAM user guide, "Permissions boundaries for IAM entities"
 */
export async function putBoundary(iam: Iam, key: EntityKey, policyArn: string): Promise<void> {
  await changeIam(iam, async (tx) => {
    const entity = await findEntity(tx, key)
    requireModifiable(entity)
    await requireAttachable(tx, key.account, policyArn)
    await tx.iam.setBoundary(entity.id, policyArn)
  })
}

/** @throws NoSuchEntityError where there is no boundary, UnmodifiableEntityError */
export async function deleteBoundary(iam: Iam, key: EntityKey): Promise<void> {
  await changeIam(iam, async (tx) => {
    const entity = await findEntity(tx, key)
    requireModifiable(entity)
    if ((await tx.iam.boundary(entity.id)) === undefined) {
      throw new NoSuchEntityError(`The ${key.kind} with name ${key.name} has no permissions boundary.`)
    }
    await tx.iam.setBoundary(entity.id, undefined)
  })
}
