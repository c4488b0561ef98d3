import type { NewDelivery } from '../core/deliveries/delivery.ts'
import type { MetadataTransaction } from '../stores/metadata/metadata-store.ts'

/** The kind of job that brings what waits to one receiver; its key is the lane. */
export const deliveryJobKind = 'deliver'

const addedAtOnce = 500

/** Sends deliveries on their way, in the transaction that causes them. */
export async function addDeliveries(
  tx: MetadataTransaction,
  deliveries: readonly NewDelivery[],
  at: Date,
): Promise<void> {
  for (let begin = 0; begin < deliveries.length; begin += addedAtOnce) {
    await tx.deliveries.add(deliveries.slice(begin, begin + addedAtOnce))
  }
  const lanes = new Set(deliveries.map(({ lane }) => lane))
  for (const lane of lanes) await tx.jobs.add({ kind: deliveryJobKind, key: lane }, at)
}
