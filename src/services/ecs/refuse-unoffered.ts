import { EcsInvalidParameterError } from '../../core/ecs/errors.ts'

/**
 * Refuses members that would be kept and change nothing; an empty list or `false` asks for nothing.
 *
 * @throws EcsInvalidParameterError for the first that is there
 */
export function refuseUnoffered(input: object, names: readonly string[]): void {
  const given = names.find((name) => isGiven(Reflect.get(input, name)))
  if (given !== undefined) throw new EcsInvalidParameterError(`Berth does not offer '${given}'.`)
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0)
}
