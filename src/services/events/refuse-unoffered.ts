import { EventsValidationError } from '../../core/events/errors.ts'

/**
 * Refuses members that would be kept and change nothing.
 *
 * @throws EventsValidationError for the first that is there
 */
export function refuseUnoffered(input: object, names: readonly string[]): void {
  const given = names.find((name) => Reflect.get(input, name) !== undefined)
  if (given === undefined) return
  throw new EventsValidationError(`Parameter ${given} is not valid. Reason: Berth does not offer it.`)
}
