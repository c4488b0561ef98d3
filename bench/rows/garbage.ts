import { setTimeout as wait } from 'node:timers/promises'
import { BerthClient } from '../../cli/berth-client.ts'
import { makeSmallImage, pushImage } from '../load/push-image.ts'
import { settle } from '../load/settle.ts'
import { type Berth, startBerth } from '../peers/berth.ts'
import { fillBlobs } from '../peers/fill-blobs.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const repository = 'bench/garbage'
/** Clients that push all the time, one image after another. */
const clients = 2

/** What pushes notice of a cycle of garbage collection, and how long it takes. */
export const garbage: Row = {
  name: 'garbage',
  about: 'a cycle of garbage collection over 1,000,000 blob rows, and pushes meanwhile',
  run,
}

async function run({ scratch, rounds, quick, say }: Bench): Promise<readonly Result[]> {
  const cycles: number[] = []
  const during: number[] = []
  const without: number[] = []
  const blobs = quick ? 20_000 : 1_000_000
  for (let round = 1; round <= (quick ? 1 : Math.min(rounds, 2)); round += 1) {
    say(`round ${round}: writing ${blobs} rows`)
    const folder = scratch.newFolder('berth')
    await fillBlobs(folder, repository, blobs)
    await using berth = await startBerth(scratch, folder)
    await settle()
    await pushUntil(berth, () => wait(quick ? 1_000 : 5_000))
    say('pushes without a cycle')
    without.push(p99(await pushUntil(berth, () => wait(quick ? 2_000 : 30_000))))
    say('pushes with one')
    const start = performance.now()
    during.push(p99(await pushUntil(berth, () => collect(berth, blobs / 10))))
    cycles.push(performance.now() - start)
    scratch.drop(folder)
  }
  const notes = [
    `${blobs} blobs linked by one repository, a tenth of them garbage; only rows, there are no files of them, so that their removal costs a rename that finds nothing`,
    `${clients} clients push images of 8 blobs of 1 KiB, one after another`,
  ]
  return [
    {
      what: 'cycle of garbage collection while images are pushed',
      unit: 'ms',
      berth: cycles,
      goal: { atMost: 300_000 },
      notes,
    },
    {
      what: 'push of a small image, 99th percentile, during the cycle',
      unit: 'ms',
      berth: during,
      peer: { name: 'without the cycle', samples: without },
      goal: { timesPeer: 0.83 },
      notes,
    },
  ]
}

/** Pushes images until something is over; resolves to how long each took, in milliseconds. */
async function pushUntil(berth: Berth, end: () => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  let over = false
  const push = async (client: number) => {
    while (!over) {
      const image = makeSmallImage()
      const start = performance.now()
      await pushImage(berth, repository, `client-${client}`, image)
      times.push(performance.now() - start)
    }
  }
  const pushing = Promise.all(Array.from({ length: clients }, (_, client) => push(client)))
  await end()
  over = true
  await pushing
  return times
}

/** Has a cycle run to its end. @throws Error when it removed anything else than the garbage there was */
async function collect({ connection }: Berth, garbageBlobs: number): Promise<void> {
  const client = new BerthClient(connection)
  const { requestedAt } = await client.call('StartGarbageCollection', {})
  for (;;) {
    await wait(500)
    const { status, finishedAt, progress, lastError } = await client.call('DescribeGarbageCollection', {})
    if (lastError !== undefined) throw new Error(`Garbage collection failed: ${lastError}`)
    if (status !== 'IDLE' || finishedAt === undefined || finishedAt < requestedAt) continue
    if (progress?.blobs === garbageBlobs) return
    throw new Error(`Garbage collection removed ${progress?.blobs} blobs, not ${garbageBlobs}`)
  }
}

function p99(times: readonly number[]): number {
  return times.toSorted((one, other) => one - other).at(Math.floor(times.length * 0.99)) ?? Number.NaN
}
