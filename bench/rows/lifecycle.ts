import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { exchange } from '../load/exchange.ts'
import { type Berth, startBerth } from '../peers/berth.ts'
import { fillImages } from '../peers/fill-images.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const repositoryName = 'bench/lifecycle'
const kept = 1_000
/** Milliseconds between two other requests: often enough to meet every stall, and leaves the processor to Berth. */
const askEvery = 5

/** A preview of a lifecycle policy that would delete almost everything, and what other requests notice of it. */
export const lifecycle: Row = {
  name: 'lifecycle',
  about: 'preview of a lifecycle policy over 1,000,000 images, and other requests meanwhile',
  run,
}

async function run({ scratch, rounds, quick, say }: Bench): Promise<readonly Result[]> {
  const images = quick ? 20_000 : 1_000_000
  const folder = scratch.newFolder('berth')
  say(`writing ${images} images`)
  await fillImages(folder, repositoryName, images)
  await using berth = await startBerth(scratch, folder)
  const previews: number[] = []
  const waits: number[] = []
  for (let round = 1; round <= Math.min(rounds, 3); round += 1) {
    say(`preview ${round}`)
    const start = performance.now()
    waits.push(await longestWait(berth, () => makePreview(berth, images)))
    previews.push(performance.now() - start)
  }
  const notes = [
    `${images.toLocaleString('en')} images in one repository, half of them tagged, every tenth an index; two rules; almost all expire, and each result is written down`,
    'from the request to the first answer that says COMPLETE; the job begins within a second',
  ]
  const peakMemory = { berth: (await berth.memory()).peak }
  const count = images.toLocaleString('en')
  return [
    {
      what: `preview of a lifecycle policy over ${count} images`,
      unit: 'ms',
      berth: previews,
      goal: { atMost: 10_000 },
      peakMemory,
      notes,
    },
    {
      what: 'longest wait of another request meanwhile',
      unit: 'ms',
      berth: waits,
      goal: { atMost: 100 },
      notes: [`GET /v2/ with its token, another ${askEvery} ms after each answer`],
    },
  ]
}

const lifecyclePolicyText = JSON.stringify({
  rules: [rule(1, { tagStatus: 'tagged', tagPatternList: ['v*99'] }), rule(2, { tagStatus: 'any' })],
})

function rule(rulePriority: number, selection: object) {
  return {
    rulePriority,
    selection: { ...selection, countType: 'imageCountMoreThan', countNumber: kept },
    action: { type: 'expire' },
  }
}

const answer = z.object({
  status: z.string(),
  summary: z.object({ expiringImageTotalCount: z.number() }).optional(),
})

/** @throws Error when it finds another number than there must be */
async function makePreview(berth: Berth, images: number): Promise<void> {
  await berth.call('StartLifecyclePolicyPreview', { repositoryName, lifecyclePolicyText })
  for (;;) {
    await wait(20)
    const body = await berth.call('GetLifecyclePolicyPreview', { repositoryName, maxResults: 1 })
    const { status, summary } = answer.parse(JSON.parse(body.toString()))
    if (status === 'IN_PROGRESS') continue
    const { expiringImageTotalCount: found = 0 } = summary ?? {}
    // What indexes list stays, and so do the newest of each rule.
    if (status === 'COMPLETE' && found > images * 0.85 - 2 * kept && found < images) return
    throw new Error(`The preview is ${status} with ${found} of ${images} images`)
  }
}

/** How long the slowest of many requests took while something went on, in milliseconds. */
async function longestWait(berth: Berth, work: () => Promise<void>): Promise<number> {
  let over = false
  let longest = 0
  const asking = (async () => {
    while (!over) {
      const start = performance.now()
      await exchange(berth, { method: 'GET', path: '/v2/', headers: {}, body: [] }, 200)
      longest = Math.max(longest, performance.now() - start)
      await wait(askEvery)
    }
  })()
  await work()
  over = true
  await asking
  return longest
}
