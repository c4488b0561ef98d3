/** A row of the current program's own table: a part of the API or a kind of data, and how Berth did. */
export type Result = readonly [name: string, outcome: string]

/** Reads `apis` or `data` out of the program's results.yaml. */
export function readResults(yaml: string, section: 'apis' | 'data'): Result[] {
  const [, rows = ''] = new RegExp(`^${section}:\\n((?:  .+\\n)+)`, 'm').exec(yaml) ?? []
  return [...rows.matchAll(/^ {2}(.+): (\w+)$/gm)].map(([, name = '', outcome = '']) => [name, outcome])
}

/** The switches that the program says were off. */
export function switchesOff(yaml: string): string[] {
  return [...yaml.matchAll(/^ +(\w+): false$/gm)].map(([, name = '']) => name)
}
