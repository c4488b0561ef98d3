import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'
import type { Row } from './row.ts'

export interface Options {
  readonly rows: readonly Row[]
  readonly rounds: number
  readonly quick: boolean
  readonly json?: string | undefined
  readonly scratch: string
  readonly writeDocs: boolean
  readonly help: boolean
}

/** Something on the command line can't be understood; the message says what, and what would be. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

/** @throws UsageError for an unknown flag or row, and for a number of rounds that isn't 1 to 99 */
export function parseOptions(args: readonly string[], all: readonly Row[]): Options {
  const values = read(args)
  return {
    rows: values.rows === undefined ? all : values.rows.split(',').map((name) => rowNamed(name, all)),
    rounds: roundsIn(values.rounds ?? (values.quick ? '2' : '5')),
    quick: values.quick,
    json: values.json,
    scratch: values.scratch,
    writeDocs: values['write-docs'],
    help: values.help,
  }
}

export function helpText(all: readonly Row[]): string {
  const rows = all.map(({ name, about }) => `  ${name.padEnd(18)}${about}`)
  return `npm run bench -- [options]

Measures Berth, and in turns with it docker-registry and nginx where they are installed.

  --rows name,...     only these rows
  --rounds number     turns of each side (5; 2 with --quick)
  --quick             short and small: to see that it runs, not to quote
  --scratch folder    where servers keep their data (the system's temporary folder); 18 GiB for push-16
  --json file         writes everything measured, too
  --write-docs        writes the table into docs/benchmarks.md
  --help              this text

Rows:
${rows.join('\n')}
`
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        rows: { type: 'string' },
        rounds: { type: 'string' },
        quick: { type: 'boolean', default: false },
        json: { type: 'string' },
        scratch: { type: 'string', default: tmpdir() },
        'write-docs': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : 'Unknown option', { cause })
  }
}

function rowNamed(name: string, all: readonly Row[]): Row {
  const row = all.find((one) => one.name === name)
  if (row === undefined) {
    throw new UsageError(`There is no row '${name}'; there are ${all.map((one) => one.name).join(', ')}`)
  }
  return row
}

function roundsIn(text: string): number {
  if (!/^[1-9][0-9]?$/.test(text)) throw new UsageError('--rounds must be a number from 1 to 99')
  return Number(text)
}
