import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { inTurns } from '../in-turns.ts'
import { type Berth, startBerth } from '../peers/berth.ts'
import { fillImages } from '../peers/fill-images.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const repositoryName = 'bench/filters'
const maxResults = 1000
/** One image in so many is unlike the rest. */
const rare = 500

/** Pages by every filter in a repository where few images are untagged or archived: none may cost a look at all the others. */
export const imageFilters: Row = {
  name: 'image-filters',
  about: 'DescribeImages and ListImages by each filter, the slowest page among 100,000 images',
  run,
}

const filters = [
  { tagStatus: 'TAGGED' },
  { tagStatus: 'UNTAGGED' },
  { tagStatus: 'ANY', imageStatus: 'ANY' },
  { imageStatus: 'ARCHIVED' },
  { tagStatus: 'UNTAGGED', imageStatus: 'ARCHIVED' },
] as const
const operations = ['DescribeImages', 'ListImages'] as const

async function run({ scratch, rounds, quick, say }: Bench): Promise<readonly Result[]> {
  const images = quick ? 10_000 : 100_000
  const folder = scratch.newFolder('berth')
  say(`writing ${images} images`)
  await fillImages(folder, repositoryName, images)
  makeMostAlike(folder)
  await using berth = await startBerth(scratch, folder)
  const count = images.toLocaleString('en')
  const results: Result[] = []
  for (const operation of operations) {
    for (const filter of filters) {
      const turns = await inTurns(rounds, () => slowestPage(berth, operation, filter))
      const words = Object.values(filter).join(', ')
      results.push({
        what: `${operation}, ${words}: slowest page of ${maxResults} among ${count}`,
        unit: 'ms',
        berth: turns.berth,
        goal: { atMost: 50 },
        notes: [
          `all images are tagged and active, but for one in ${rare} that is untagged, archived or both; signing included`,
        ],
      })
    }
  }
  return results
}

/** Has all images tagged and active but for a few. */
function makeMostAlike(folder: string): void {
  const database = new DatabaseSync(join(folder, 'metadata.db'))
  database.exec(`
    begin;
    insert into tags (repository_id, name, image_id, tagged_at)
      select repository_id, 'w' || id, id, pushed_at from images where tagged = 0 and id % ${rare} > 0;
    update images set tagged = 1 where tagged = 0 and id % ${rare} > 0;
    update images set storage = 1, last_archived_at = pushed_at where id % ${rare} < 2;
    commit;
  `)
  database.close()
}

const pageAnswer = z.object({ nextToken: z.string().optional() })

async function slowestPage(berth: Berth, operation: (typeof operations)[number], filter: object) {
  let slowest = 0
  let nextToken: string | undefined
  do {
    const start = performance.now()
    const body = await berth.call(operation, { repositoryName, maxResults, filter, nextToken })
    slowest = Math.max(slowest, performance.now() - start)
    nextToken = pageAnswer.parse(JSON.parse(body.toString())).nextToken
  } while (nextToken !== undefined)
  return slowest
}
