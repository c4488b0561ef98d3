import type { Delivery, DeliveryState, NewDelivery, Try } from '../../core/deliveries/delivery.ts'
import type { RegistryKey } from '../../core/names/registry-key.ts'

export interface DeliveryReader {
  /**
   * The first delivery of a lane that waits, but for those that let others past (`patientTries`) and aren't due; it may itself be
   * due only later.
   */
  next(lane: string, now: Date): Promise<Delivery | undefined>
  /** When the first of those that let others past is due. */
  nextPatientless(lane: string): Promise<Date | undefined>
  find(registry: RegistryKey, id: number): Promise<Delivery | undefined>
  /** Latest first. */
  list(
    registry: RegistryKey,
    page: {
      readonly state?: DeliveryState | undefined
      /** The lane of one receiver. */
      readonly lane?: string | undefined
      readonly before?: number | undefined
      readonly limit: number
    },
  ): Promise<Delivery[]>
}

export interface DeliveryWriter {
  /** One statement, however many they are (up to some hundreds). */
  add(deliveries: readonly NewDelivery[]): Promise<void>
  /** Notes a try that did it, or one after which it is given up. */
  end(delivery: Delivery, state: 'delivered' | 'dead', tried: Try): Promise<void>
  /** Notes a try after which it waits. */
  putOff(delivery: Delivery, nextAt: Date, tried: Try): Promise<void>
  /** Has it tried anew as if it had just been made, whatever became of it. */
  renew(id: number, at: Date, until: Date): Promise<void>
  /** Forgets at most `limit` that ended before a time; resolves to how many. */
  forget(before: Date, limit: number): Promise<number>
}
