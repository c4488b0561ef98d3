import { settle } from '../load/settle.ts'
import { startBerth } from '../peers/berth.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

/** How soon an empty Berth answers, and what it holds while nobody asks anything. */
export const start: Row = { name: 'start', about: 'ready after start, and idle memory', run }

async function run({ scratch, rounds, say }: Bench): Promise<readonly Result[]> {
  const ready: number[] = []
  const idle: number[] = []
  for (let round = 1; round <= rounds; round++) {
    say(`round ${round} of ${rounds}`)
    await using berth = await startBerth(scratch, scratch.newFolder('berth'))
    ready.push(berth.readyAfterMs)
    await settle()
    idle.push((await berth.memory()).now)
  }
  return [
    {
      what: 'ready after start, empty data folder',
      unit: 'ms',
      berth: ready,
      notes: ['from the command to its first answer over HTTP; a new data folder each time'],
    },
    {
      what: 'idle memory',
      unit: 'MiB',
      berth: idle,
      goal: { atMost: 120 },
      notes: ['resident memory of all its processes, 3 s after the first answer'],
    },
  ]
}
