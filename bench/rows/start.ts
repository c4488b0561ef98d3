import { settle } from '../load/settle.ts'
import { startBerth } from '../peers/berth.ts'
import { installBerth } from '../peers/installed-berth.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

/** How soon an empty Berth answers, and what it holds while nobody asks anything. */
export const start: Row = { name: 'start', about: 'ready after start, and idle memory', run }

async function run(bench: Bench): Promise<readonly Result[]> {
  const installed = await measure(bench, 'installed', await installBerth(bench.scratch))
  const cloned = await measure(bench, 'from a clone')
  return [
    {
      what: 'ready after start, empty data folder',
      unit: 'ms',
      berth: installed.ready,
      notes: [
        'from the command of an installed package to its first answer over HTTP; a new data folder each time',
      ],
    },
    {
      what: 'ready after start from a clone',
      unit: 'ms',
      berth: cloned.ready,
      notes: ['the same, run from its sources'],
    },
    {
      what: 'idle memory',
      unit: 'MiB',
      berth: installed.idle,
      goal: { atMost: 120 },
      notes: ['resident memory of all processes of an installed package, 3 s after the first answer'],
    },
    {
      what: 'idle memory from a clone',
      unit: 'MiB',
      berth: cloned.idle,
      notes: ['the same, run from its sources'],
    },
  ]
}

async function measure({ scratch, rounds, say }: Bench, how: string, program?: string) {
  const ready: number[] = []
  const idle: number[] = []
  for (let round = 1; round <= rounds; round++) {
    say(`${how}: round ${round} of ${rounds}`)
    await using berth = await startBerth(scratch, scratch.newFolder('berth'), program)
    ready.push(berth.readyAfterMs)
    await settle()
    idle.push((await berth.memory()).now)
  }
  return { ready, idle }
}
