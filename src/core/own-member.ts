/**
 * What a table says of a name that came from outside; undefined for names such as `constructor`, which every object answers to.
 *
 * @example
 * ownMember({ low: 1 }, 'toString') // undefined
 */
export function ownMember<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
