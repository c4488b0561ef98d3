import { statfs } from 'node:fs/promises'
import { pushBlob } from '../load/push-blob.ts'
import { RandomBodies } from '../load/random-body.ts'
import { settle } from '../load/settle.ts'
import { startBerth } from '../peers/berth.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const repository = 'bench/push-16'
const mebibyte = 1024 * 1024
const pushes = 16
const goalMiB = 100
/** Each writes 16 GiB. */
const mostRounds = 3

/** What 16 large pushes at once cost in memory, and how fast they are together. */
export const push16: Row = { name: 'push-16', about: '16 pushes of 1 GiB at once: memory and rate', run }

interface Round {
  readonly more: number
  readonly peak: number
  readonly rate: number
}

async function run(bench: Bench): Promise<readonly Result[]> {
  const bodies = new RandomBodies((bench.quick ? 64 : 1024) * mebibyte)
  await refuseWithoutSpace(bench.scratch.folder, pushes * bodies.size)
  const rounds: Round[] = []
  const count = Math.min(bench.rounds, mostRounds)
  for (let round = 1; round <= count; round++) {
    bench.say(`round ${round} of ${count}`)
    rounds.push(await measure(bench, bodies))
  }
  const what = `${pushes} pushes of ${bodies.size / mebibyte} MiB at once`
  const peakMemory = { berth: Math.max(...rounds.map(({ peak }) => peak)) }
  const notes = [`POST, PATCH (chunked), PUT; ${count} rounds, each with a new Berth and an empty folder`]
  const memory = rounds.map(({ more }) => more)
  const rates = rounds.map(({ rate }) => rate)
  return [
    {
      what: `${what}: peak memory above idle`,
      unit: 'MiB',
      berth: memory,
      goal: { atMost: goalMiB },
      peakMemory,
      notes,
    },
    { what: `${what}: rate of all together`, unit: 'MiB/s', berth: rates, peakMemory, notes },
  ]
}

async function measure({ scratch }: Bench, bodies: RandomBodies): Promise<Round> {
  const folder = scratch.newFolder('berth')
  try {
    await using berth = await startBerth(scratch, folder)
    await berth.createRepository(repository)
    await settle()
    const { now: idle } = await berth.memory()
    await berth.forgetPeak()
    const start = performance.now()
    await Promise.all(
      Array.from({ length: pushes }, () => pushBlob(berth, repository, bodies.next(), 'patch')),
    )
    const seconds = (performance.now() - start) / 1000
    const { peak } = await berth.memory()
    return { more: peak - idle, peak, rate: (pushes * bodies.size) / mebibyte / seconds }
  } finally {
    scratch.drop(folder)
  }
}

async function refuseWithoutSpace(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const needed = bytes * 1.1
  if (bavail * bsize >= needed) return
  const gibibytes = Math.ceil(needed / 1024 ** 3)
  throw new Error(`${gibibytes} GiB must be free in ${folder}; choose another folder with --scratch`)
}
