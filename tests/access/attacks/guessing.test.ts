import { afterAll, beforeAll, expect, test } from 'vitest'
import { signCall } from '../../../src/protocols/aws/signature/sign-call.ts'
import { succeed } from '../support/callers.ts'
import { type AttackWorld, basicHeader, openAttackWorld } from './attack-world.ts'

// Keys and tokens can't be guessed; whoever tries is slowed at their address, and seen.

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

const guesser = { 'x-forwarded-for': '192.0.2.66' }
const neighbour = { 'x-forwarded-for': '192.0.2.67' }

function guess(at: number): Promise<Response> {
  return world.ask('/v2/', basicHeader('AWS', `guess ${at}`), { headers: guesser })
}

/** Many at once: what waits its turn lets the others be counted. */
async function guessMany(times: number): Promise<readonly number[]> {
  const answers = await Promise.all(Array.from({ length: times }, (_, at) => guess(at)))
  return answers.map(({ status }) => status)
}

test('many guesses at once are told to come back, and those elsewhere notice nothing', async () => {
  expect(new Set(await guessMany(40))).toEqual(new Set([401]))
  const begun = performance.now()
  const flood = guessMany(60)
  const good = await world.ask('/v2/', world.berth.authorization, { headers: neighbour })
  expect(good.status).toBe(200)
  const statuses = await flood
  const seconds = Math.ceil((performance.now() - begun) / 1_000)
  expect(statuses).toContain(429)
  // Sixteen may wait at once, each for a second: where requests take longer to be made, places become free again.
  expect(statuses.filter((status) => status !== 429).length).toBeLessThanOrEqual(16 * seconds)
})

test('who has a good login at that very address waits once, and then no more', async () => {
  const ask = () => world.ask('/v2/', world.berth.authorization, { headers: guesser })
  expect((await ask()).status).toBe(200)
  const flood = guessMany(40)
  expect((await ask()).status).toBe(200)
  await flood
})

test('keys are guessed no faster than passwords', async () => {
  const url = new URL(world.berth.url)
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AmazonEC2ContainerRegistry_V20150921.DescribeRegistry',
  }
  const ask = async (secretAccessKey: string) => {
    const signer = { ...world.root, secretAccessKey, service: 'ecr', region: 'us-east-1' }
    const signed = signCall({ url, body: '{}', headers, time: new Date() }, signer)
    const answer = await fetch(url, { method: 'POST', body: '{}', headers: { ...signed, ...guesser } })
    return (await answer.text()).includes('ThrottlingException')
  }
  const throttled = await Promise.all(Array.from({ length: 40 }, (_, at) => ask(`guess ${at}`)))
  expect(throttled.filter(Boolean).length).toBeGreaterThan(0)
})

test('it stands in the audit trail of the server, once for many', async () => {
  const events = async () =>
    JSON.parse(await succeed(world.aws.call('berth', 'LookupEvents', { outcome: 'rejected' }, world.root)))
      .events
  await expect.poll(events, { timeout: 30_000 }).not.toEqual([])
  const ofGuesser = (await events()).filter(
    ({ sourceAddress }: { readonly sourceAddress: string }) => sourceAddress === '192.0.2.66',
  )
  expect(ofGuesser[0]).toMatchObject({ principal: '-', outcome: 'rejected' })
  const total = ofGuesser.reduce((sum: number, { count }: { readonly count: number }) => sum + count, 0)
  expect(total).toBeGreaterThan(ofGuesser.length)
})
