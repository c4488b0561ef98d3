import { z } from 'zod'
import { inTurns } from '../in-turns.ts'
import { type Berth, startBerth } from '../peers/berth.ts'
import { fillBerth } from '../peers/fill-berth.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'
import { summarise } from '../statistics.ts'
import { tagsOf } from './tags-of.ts'

const repositoryName = 'bench/images'
const maxResults = 1000

/** One page of a long list of images, asked for and signed as the AWS CLI does. */
export const describeImages: Row = {
  name: 'describe-images',
  about: 'DescribeImages, page of 1,000 in a repository of 100,000',
  run,
}

async function run({ scratch, rounds, quick, say }: Bench): Promise<readonly Result[]> {
  const tags = tagsOf(quick ? 10_000 : 100_000)
  const folder = scratch.newFolder('berth')
  say(`storing ${tags.length} images`)
  await fillBerth(folder, repositoryName, tags)
  await using berth = await startBerth(scratch, folder)
  const turns = await inTurns(rounds, () => medianPage(berth, tags.length))
  const count = tags.length.toLocaleString('en')
  return [
    {
      what: `DescribeImages, page of ${maxResults} in a repository of ${count}`,
      unit: 'ms',
      berth: turns.berth,
      goal: { atMost: 50 },
      peakMemory: { berth: (await berth.memory()).peak },
      notes: [`the median page of a walk over all ${count}, which are counted; signing included`],
    },
  ]
}

const pageAnswer = z.object({
  imageDetails: z.array(z.object({ imageDigest: z.string() })),
  nextToken: z.string().optional(),
})

async function medianPage(berth: Berth, count: number): Promise<number> {
  const times: number[] = []
  const seen = new Set<string>()
  let nextToken: string | undefined
  do {
    const start = performance.now()
    const body = await berth.call('DescribeImages', { repositoryName, maxResults, nextToken })
    times.push(performance.now() - start)
    const page = pageAnswer.parse(JSON.parse(body.toString()))
    for (const { imageDigest } of page.imageDetails) seen.add(imageDigest)
    nextToken = page.nextToken
  } while (nextToken !== undefined)
  if (seen.size !== count) throw new Error(`Berth describes ${seen.size} images of ${count}`)
  return summarise(times).median
}
