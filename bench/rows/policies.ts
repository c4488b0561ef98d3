import { inTurns } from '../in-turns.ts'
import { exchange } from '../load/exchange.ts'
import type { GetLoad } from '../load/get-load.ts'
import { makeSmallImage, manifestType, pushImage } from '../load/push-image.ts'
import { smallAnswersClient } from '../load/requests-per-second.ts'
import { startBerth } from '../peers/berth.ts'
import { loginWithPolicies, policiesOfUser } from '../peers/with-policies.ts'
import type { Result } from '../result.ts'
import type { Bench, Row } from '../row.ts'

const repository = 'bench/manifests'
const connections = 32
const path = `/v2/${repository}/manifests/v1`
const headers = { accept: manifestType }

/** What authorisation costs a manifest GET: a user with very many policies, beside the root, who needs none. */
export const policies: Row = {
  name: 'policies',
  about: 'manifest GET by tag of a user with 100 policies of 20 statements, beside the root',
  run,
}

async function run({ scratch, rounds, quick, say }: Bench): Promise<readonly Result[]> {
  const client = smallAnswersClient()
  await using berth = await startBerth(scratch, scratch.newFolder('berth'))
  await berth.createRepository(repository)
  await pushImage(berth, repository, 'v1', makeSmallImage())
  say('making a user with 100 policies')
  const user = { ...berth, headers: await loginWithPolicies(berth, repository) }
  await exchange(user, { method: 'GET', path, headers }, 200)
  say(`measuring with ${client.name}`)
  const load: GetLoad = { path, headers, connections, seconds: quick ? 1 : 5 }
  const turns = await inTurns(
    rounds,
    () => client.measure(scratch, user, load),
    () => client.measure(scratch, berth, load),
  )
  const { policies: count, statements } = policiesOfUser
  const what = `manifest GET by tag, by a user with ${count} policies of ${statements} statements`
  const notes = [
    `client: ${client.name}; ${load.seconds} s a round; beside the account's root on the same server, of whom no policy speaks; what lets the user in asks for the address and the time`,
  ]
  const peer = { name: 'the root', samples: turns.peer }
  return [{ what, unit: 'requests/s', berth: turns.berth, peer, goal: { timesPeer: 0.9 }, notes }]
}
