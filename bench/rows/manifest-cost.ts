import { inTurns } from '../in-turns.ts'
import { getLoad } from '../load/get-load.ts'
import { makeSmallImage, manifestType, pushImage } from '../load/push-image.ts'
import { bareNode, startBareNode } from '../peers/bare-node.ts'
import { startBerth } from '../peers/berth.ts'
import type { Server } from '../peers/server-process.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const repository = 'bench/manifests'
const connections = 32

/**
 * What a manifest costs the processor, beside the least that a server on Node can cost. A machine that is busy changes this less than
 * it changes a rate, but each start of the same program differs: every turn has a new one.
 */
export const manifestCost: Row = {
  name: 'manifest-cost',
  about: 'processor time of a manifest GET by tag, beside a server on Node that does nothing',
  run,
}

async function run({ scratch, rounds, quick, say }: Bench): Promise<readonly Result[]> {
  const seconds = quick ? 1 : 2
  const image = makeSmallImage()
  const ofBerth = async () => {
    say('a new Berth')
    const folder = scratch.newFolder('berth')
    await using berth = await startBerth(scratch, folder)
    await berth.createRepository(repository)
    await pushImage(berth, repository, 'v1', image)
    return await costOf(berth, seconds)
  }
  const ofNode = async () => {
    await using server = await startBareNode(scratch)
    return await costOf(server, seconds)
  }
  const { berth, peer } = await inTurns(rounds, ofBerth, ofNode)
  const what = `manifest GET by tag, ${connections} connections: processor time of one`
  const notes = [
    `user and system time of all threads, in a new process each turn, after ${seconds} s that don't count; ${bareNode} answers the same without looking`,
  ]
  return [{ what, unit: 'µs', berth, peer: { name: bareNode, samples: peer }, notes }]
}

/** Microseconds of processor time for each request, once the server is warm. */
async function costOf(server: Server, seconds: number): Promise<number> {
  const path = `/v2/${repository}/manifests/v1`
  const load = { path, headers: { accept: manifestType }, connections, seconds }
  await getLoad(server, load)
  const before = await server.processorTime()
  const { requests } = await getLoad(server, load)
  return ((await server.processorTime()) - before) * (1000 / requests)
}
