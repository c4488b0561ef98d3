import type { RegistryKey } from '../names/registry-key.ts'

/** `target`: an event to a rule's target. `message`: a topic's message to a subscriber. `confirmation`: the question whether one wants to be one. */
export type DeliveryKind = 'target' | 'message' | 'confirmation'

export type DeliveryState = 'waiting' | 'delivered' | 'dead'

/** Something on its way to one receiver. */
export interface NewDelivery {
  readonly registry: RegistryKey
  /** Whom it goes to: deliveries of one lane go one after another. */
  readonly lane: string
  readonly kind: DeliveryKind
  /** JSON; what stands in it is the kind's. */
  readonly content: unknown
  readonly createdAt: Date
  readonly limits: DeliveryLimits
}

/** When it is given up. */
export interface DeliveryLimits {
  /** Tries in all. */
  readonly attempts: number
  readonly until: Date
}

/** A try to deliver, and what it was answered. */
export interface Try {
  readonly at: Date
  readonly answer: string
}

/** `id` grows with time within a lane. */
export interface Delivery extends NewDelivery {
  readonly id: number
  readonly state: DeliveryState
  readonly attempts: number
  /** When it is tried next, while it waits. */
  readonly nextAt: Date
  /** What the latest try was answered. */
  readonly answer?: string | undefined
  readonly endedAt?: Date | undefined
  /** The latest `keptTries` of its tries, in their order. */
  readonly tries: readonly Try[]
}

/** Tries of a delivery whose answers are kept. */
export const keptTries = 20

const hours = 60 * 60 * 1000

/** As EventBridge does unless it is told otherwise: 24 hours, or 185 tries after the first. @see EventBridge user guide, "Retry policy" */
export const longestAge = 24 * hours
export const mostRetries = 185

/** How often a delivery holds up those behind it; after that they go past, so that one that can't arrive stops no others. */
export const patientTries = 4
