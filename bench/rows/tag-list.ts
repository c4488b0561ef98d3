import { z } from 'zod'
import { inTurns } from '../in-turns.ts'
import { exchange } from '../load/exchange.ts'
import { type Berth, startBerth } from '../peers/berth.ts'
import { dockerRegistry, startDockerRegistry } from '../peers/docker-registry.ts'
import { fillBerth } from '../peers/fill-berth.ts'
import { fillDockerRegistry } from '../peers/fill-docker-registry.ts'
import type { Server } from '../peers/server-process.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'
import { summarise } from '../statistics.ts'
import { tagsOf } from './tags-of.ts'

const repository = 'bench/tags'
const pageLength = 1000

/** One page of a long tag list. Debian's registry has no pages: it always gives the whole list. */
export const tagList: Row = { name: 'tag-list', about: 'page of 1,000 tags among 100,000', run }

async function run({ scratch, rounds, quick, say }: Bench): Promise<readonly Result[]> {
  const tags = tagsOf(quick ? 10_000 : 100_000)
  const folders = { berth: scratch.newFolder('berth'), peer: scratch.newFolder('registry') }
  say(`storing ${tags.length} tags`)
  await fillBerth(folders.berth, repository, tags)
  await using peer = await startDockerRegistry(scratch, folders.peer)
  if (peer !== undefined) await fillDockerRegistry(folders.peer, repository, tags)
  await using berth = await startBerth(scratch, folders.berth)
  const turns = await inTurns(rounds, () => medianPage(berth, tags), peer && (() => wholeList(peer, tags)))
  const count = tags.length.toLocaleString('en')
  return [
    {
      what: `tags/list, page of ${pageLength} among ${count}`,
      unit: 'ms',
      berth: turns.berth,
      peer: { name: dockerRegistry, samples: turns.peer },
      goal: { timesPeer: 100 },
      peakMemory: { berth: (await berth.memory()).peak, peer: (await peer?.memory())?.peak },
      notes: [
        `Berth: the median page of a walk over all ${count}, which are checked; ${dockerRegistry} has no pages: its whole list`,
      ],
    },
  ]
}

const tagsAnswer = z.object({ tags: z.array(z.string()) })

/** Walks the list from page to page as the Link headers say. */
async function medianPage(berth: Berth, tags: readonly string[]): Promise<number> {
  const times: number[] = []
  const seen: string[] = []
  let path: string | undefined = `/v2/${repository}/tags/list?n=${pageLength}`
  while (path !== undefined) {
    const start = performance.now()
    const { headers, body } = await exchange(berth, { method: 'GET', path }, 200)
    times.push(performance.now() - start)
    seen.push(...tagsIn(body))
    path = /<([^>]+)>/.exec([headers.link].flat().join())?.[1]
  }
  refuseOthers(berth, seen, tags)
  return summarise(times).median
}

async function wholeList(server: Server, tags: readonly string[]): Promise<number> {
  const start = performance.now()
  const { body } = await exchange(server, { method: 'GET', path: `/v2/${repository}/tags/list` }, 200)
  const time = performance.now() - start
  refuseOthers(server, tagsIn(body).toSorted(), tags)
  return time
}

function tagsIn(body: Buffer): string[] {
  return tagsAnswer.parse(JSON.parse(body.toString())).tags
}

function refuseOthers(server: Server, seen: readonly string[], tags: readonly string[]): void {
  const same = seen.length === tags.length && tags.every((tag, place) => seen[place] === tag)
  if (!same) throw new Error(`${server.name} lists other tags than are there`)
}
