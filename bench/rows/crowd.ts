import { pullImage } from '../load/pull-image.ts'
import { makeImage, pushImage } from '../load/push-image.ts'
import { RandomBodies } from '../load/random-body.ts'
import { settle } from '../load/settle.ts'
import { type Berth, startBerth } from '../peers/berth.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const repository = 'bench/crowd'
const kibibyte = 1024
const shape = { layers: 20, layerBytes: 64 * kibibyte }
const pulls = 1000
const pushes = 200

/** Whether a crowd gets through: everybody at once, nobody refused, and what the server holds meanwhile. */
export const crowd: Row = {
  name: 'crowd',
  about: `${pulls} pulls and ${pushes} pushes at once of images of ${shape.layers} layers`,
  run,
}

async function run(bench: Bench): Promise<readonly Result[]> {
  const { scratch } = bench
  await using berth = await startBerth(scratch, scratch.newFolder('berth'))
  await berth.createRepository(repository)
  const bodies = new RandomBodies(shape.layerBytes)
  const image = makeImage(bodies, shape.layers)
  await pushImage(berth, repository, 'v1', image)
  await settle()
  const pulling = await measure(bench, berth, pulls, () =>
    pullImage(berth, repository, { tag: 'v1', digest: image.digest }),
  )
  const pushing = await measure(bench, berth, pushes, (index) =>
    pushImage(berth, repository, `push-${index}`, makeImage(bodies, shape.layers)),
  )
  return [...resultsOf(`${pulls} pulls at once`, pulling), ...resultsOf(`${pushes} pushes at once`, pushing)]
}

interface Measured {
  readonly ms: readonly number[]
  readonly more: readonly number[]
  readonly peak: number
}

/** Every round starts all of them in the same moment and waits for the last. The first that fails fails the row. */
async function measure(
  { rounds, say }: Bench,
  berth: Berth,
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<Measured> {
  const ms: number[] = []
  const more: number[] = []
  let highest = 0
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds}, ${count} at once`)
    const { now: before } = await berth.memory()
    await berth.forgetPeak()
    const start = performance.now()
    await Promise.all(Array.from({ length: count }, (_, index) => work(round * count + index)))
    ms.push(performance.now() - start)
    const { peak } = await berth.memory()
    more.push(peak - before)
    highest = Math.max(highest, peak)
  }
  return { ms, more, peak: highest }
}

function resultsOf(what: string, { ms, more, peak }: Measured): Result[] {
  const notes = [
    `${shape.layers} layers of ${shape.layerBytes / kibibyte} KiB each; no answer but success, no request tried twice`,
  ]
  const peakMemory = { berth: peak }
  return [
    { what: `${what}: until the last is done`, unit: 'ms', berth: ms, peakMemory, notes },
    { what: `${what}: memory above what was held before`, unit: 'MiB', berth: more, peakMemory, notes },
  ]
}
