import { inTurns } from '../in-turns.ts'
import { exchange } from '../load/exchange.ts'
import type { GetLoad } from '../load/get-load.ts'
import { digestOf, makeSmallImage, manifestType, pushImage, type SmallImage } from '../load/push-image.ts'
import { smallAnswersClient } from '../load/requests-per-second.ts'
import { startBerth } from '../peers/berth.ts'
import { dockerRegistry, startDockerRegistry } from '../peers/docker-registry.ts'
import type { Server } from '../peers/server-process.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const repository = 'bench/manifests'
const connections = 32
const path = `/v2/${repository}/manifests/v1`
const headers = { accept: manifestType }

/** How many manifests a second both registries hand out under a tag, Berth with authentication. */
export const manifestGet: Row = { name: 'manifest-get', about: 'manifest GET by tag, 32 connections', run }

async function run({ scratch, rounds, quick, say }: Bench): Promise<readonly Result[]> {
  const client = smallAnswersClient()
  await using berth = await startBerth(scratch, scratch.newFolder('berth'))
  await using peer = await startDockerRegistry(scratch, scratch.newFolder('registry'))
  await berth.createRepository(repository)
  const image = makeSmallImage()
  for (const server of peer === undefined ? [berth] : [berth, peer]) {
    await pushImage(server, repository, 'v1', image)
    await check(server, image)
  }
  say(`measuring with ${client.name}`)
  const load: GetLoad = { path, headers, connections, seconds: quick ? 1 : 5 }
  const measure = (server: Server) => () => client.measure(scratch, server, load)
  const turns = await inTurns(rounds, measure(berth), peer && measure(peer))
  const peakMemory = { berth: (await berth.memory()).peak, peer: (await peer?.memory())?.peak }
  const what = `manifest GET by tag, ${connections} connections`
  const notes = [
    `client: ${client.name}; ${load.seconds} s a round; manifest of ${image.manifest.length} bytes`,
  ]
  const samples = { berth: turns.berth, peer: { name: dockerRegistry, samples: turns.peer } }
  return [{ what, unit: 'requests/s', ...samples, goal: { timesPeer: 10 }, peakMemory, notes }]
}

async function check(server: Server, image: SmallImage): Promise<void> {
  const { headers: given, body } = await exchange(server, { method: 'GET', path, headers }, 200)
  if (digestOf(body) !== image.digest || given['docker-content-digest'] !== image.digest) {
    throw new Error(`${server.name} gives another manifest than was pushed`)
  }
}
