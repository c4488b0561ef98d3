import { inTurns } from '../in-turns.ts'
import { type PushStyle, pushBlob } from '../load/push-blob.ts'
import { RandomBodies } from '../load/random-body.ts'
import { startBerth } from '../peers/berth.ts'
import { dockerRegistry, dockerRegistryDurability, startDockerRegistry } from '../peers/docker-registry.ts'
import type { Server } from '../peers/server-process.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const repository = 'bench/push'
const mebibyte = 1024 * 1024
const styles: readonly { readonly style: PushStyle; readonly how: string }[] = [
  { style: 'patch', how: 'POST, PATCH (chunked, as Docker), PUT' },
  { style: 'put', how: 'POST, PUT' },
]

/** How fast one client's layer is taken in: hashed, stored and synced, from the POST to the 201. */
export const push: Row = { name: 'push', about: 'push of 200 MiB that do not compress, one at a time', run }

async function run({ scratch, rounds, quick, say }: Bench): Promise<readonly Result[]> {
  const bodies = new RandomBodies((quick ? 20 : 200) * mebibyte)
  await using berth = await startBerth(scratch, scratch.newFolder('berth'))
  await using peer = await startDockerRegistry(scratch, scratch.newFolder('registry'))
  await berth.createRepository(repository)
  const results: Result[] = []
  for (const { style, how } of styles) {
    say(how)
    await Promise.all([berth.forgetPeak(), peer?.forgetPeak()])
    const measure = (server: Server) => () => rate(server, bodies, style)
    const turns = await inTurns(rounds, measure(berth), peer && measure(peer))
    results.push({
      what: `push of ${bodies.size / mebibyte} MiB: ${how}`,
      unit: 'MiB/s',
      berth: turns.berth,
      peer: { name: dockerRegistry, samples: turns.peer },
      goal: { timesPeer: 1.5 },
      peakMemory: { berth: (await berth.memory()).peak, peer: (await peer?.memory())?.peak },
      notes: [`${dockerRegistryDurability}; new bytes every time`],
    })
  }
  return results
}

async function rate(server: Server, bodies: RandomBodies, style: PushStyle): Promise<number> {
  const body = bodies.next()
  const start = performance.now()
  await pushBlob(server, repository, body, style)
  return body.size / mebibyte / ((performance.now() - start) / 1000)
}
