import { findByArn } from '../../access/iam/find-by-arn.ts'
import type { Iam } from '../../access/iam/iam.ts'
import type { Principal } from '../../access/principal.ts'
import { type Entity, entityArn, sessionArn } from '../../core/iam/entity.ts'
import { InvalidInputError } from '../../core/iam/iam-errors.ts'
import type { Call } from '../service.ts'

/** As whom a simulation calls. */
export interface SimulatedCaller {
  readonly who: Principal | undefined
  readonly tags: Readonly<Record<string, string>>
}

/** The user that an ARN names; nobody in particular without one. @throws InvalidInputError */
export async function simulatedCaller(
  arn: string | undefined,
  { caller: { account } }: Call,
  { metadata }: Iam,
): Promise<SimulatedCaller> {
  if (arn === undefined) return { who: undefined, tags: {} }
  const user = await findByArn(metadata, arn)
  if (user?.kind !== 'user' || user.account !== account) {
    throw new InvalidInputError(`CallerArn must name a user of the account: ${arn}`)
  }
  return callerOfEntity(user)
}

/** A user as it calls, or a session of a role; a group as one of its users would. */
export function callerOfEntity(entity: Entity): SimulatedCaller {
  const { account, id, kind } = entity
  const { tags } = entity.details
  const arn = entityArn(entity)
  if (kind !== 'role') return { who: { account, arn, userId: id }, tags }
  const name = 'simulated'
  return {
    who: { account, arn: sessionArn(entity, name), userId: `${id}:${name}`, role: { arn, id } },
    tags,
  }
}
