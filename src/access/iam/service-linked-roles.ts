import { type Entity, idPrefixes } from '../../core/iam/entity.ts'
import { InvalidInputError } from '../../core/iam/iam-errors.ts'
import { makeUniqueId } from '../../core/iam/make-unique-id.ts'
import { linkedRoles, pathOfService, trustOf } from '../../core/iam/service-linked-role.ts'
import type { AccountId } from '../../core/names/account-id.ts'
import { findEntity } from './find-entity.ts'
import { changeIam, type Iam } from './iam.ts'
import { isServiceLinked } from './require-modifiable.ts'

/** Makes the role that a service has in an account. @throws InvalidInputError for an unknown service and for a role that is there */
export async function createServiceLinkedRole(
  iam: Iam,
  wanted: {
    readonly account: AccountId
    readonly service: string
    readonly suffix?: string
    readonly description?: string
  },
): Promise<Entity> {
  const { account, service, suffix } = wanted
  const known = linkedRoles.get(service)
  if (known === undefined) {
    throw new InvalidInputError(`Service Linked Roles cannot be created for ${service} on this server`)
  }
  if (suffix !== undefined) throw new InvalidInputError(`Custom suffix is not allowed for ${service}`)
  const { name } = known
  const description = wanted.description ?? known.description
  const role: Entity = {
    id: makeUniqueId(idPrefixes.role, iam.randomBytes),
    account,
    kind: 'role',
    name,
    path: pathOfService(service),
    createdAt: iam.now(),
    details: { tags: {}, trustPolicy: trustOf(service), description },
  }
  const added = await changeIam(iam, (tx) => tx.iam.addEntity(role))
  if (added) return role
  throw new InvalidInputError(
    `Service role name ${name} has been taken in this account, please try a different suffix.`,
  )
}

/** Removes a service's own role. @throws NoSuchEntityError, InvalidInputError for any other role */
export async function deleteServiceLinkedRole(
  iam: Iam,
  { account, name }: Pick<Entity, 'account' | 'name'>,
): Promise<Entity> {
  return changeIam(iam, async (tx) => {
    const role = await findEntity(tx, { account, kind: 'role', name })
    if (!isServiceLinked(role)) {
      throw new InvalidInputError(`The role ${name} is not a service-linked role.`)
    }
    await tx.iam.deleteEntity(role.id)
    return role
  })
}
