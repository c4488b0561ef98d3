import { longestAge } from '../core/deliveries/delivery.ts'
import { DomainError } from '../core/errors.ts'
import type { RegistryKey } from '../core/names/registry-key.ts'
import { deliveryJobKind } from './add-deliveries.ts'
import type { Messaging } from './messaging.ts'

export class DeliveryNotFoundError extends DomainError {
  override readonly name = 'DeliveryNotFoundError'
  constructor(id: number) {
    super(`There is no delivery ${id}, or it is forgotten`)
  }
}

/**
 * Has a delivery tried anew, whatever became of it, as if it had just been made.
 *
 * @throws DeliveryNotFoundError
 */
export async function replayDelivery(messaging: Messaging, registry: RegistryKey, id: number): Promise<void> {
  const [replayed] = await replayDeliveries(messaging, registry, [id])
  if (replayed === undefined) throw new DeliveryNotFoundError(id)
}

/** The same for many; resolves to those that are there. */
export async function replayDeliveries(
  { metadata, now }: Messaging,
  registry: RegistryKey,
  ids: readonly number[],
): Promise<number[]> {
  return metadata.write(async (tx) => {
    const replayed: number[] = []
    const at = now()
    for (const id of new Set(ids)) {
      const delivery = await tx.deliveries.find(registry, id)
      if (delivery === undefined) continue
      await tx.deliveries.renew(id, at, new Date(at.getTime() + longestAge))
      await tx.jobs.add({ kind: deliveryJobKind, key: delivery.lane }, at)
      replayed.push(id)
    }
    return replayed
  })
}
