import { LogsParameterError } from '../../core/log-events/errors.ts'

/**
 * Refuses members that would be kept and change nothing; `false` asks for nothing.
 *
 * @throws LogsParameterError for the first that is there
 */
export function refuseUnoffered(input: object, names: readonly string[]): void {
  const given = names.find((name) => ![undefined, false].includes(Reflect.get(input, name)))
  if (given !== undefined) throw new LogsParameterError(`Berth does not offer '${given}'.`)
}
