import { expect, test } from 'vitest'
import type { OidcProvider } from '../../core/iam/oidc-provider.ts'
import { noVerificationKey, unreachableIssuer } from '../../core/iam/web-identity-errors.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { IssuerKeys } from './issuer-keys.ts'

const provider: OidcProvider = {
  account: parseAccountId('111122223333'),
  issuer: 'ci.example.com',
  clientIds: ['berth'],
  thumbprints: [],
  createdAt: new Date(0),
}
const minute = 60_000

/** An issuer with these keys, or none that can be reached; what it was asked, and a clock. */
function openWorld() {
  const world = { kids: ['a'] as readonly string[] | undefined, asked: 0, time: 0, failures: 0 }
  const keys = new IssuerKeys({
    now: () => new Date(world.time),
    onFailure: () => world.failures++,
    async fetchDocument(url) {
      if (url.pathname === '/keys')
        return { keys: world.kids?.map((kid) => ({ kty: 'RSA', kid, n: 'n', e: 'e' })) }
      world.asked++
      if (world.kids === undefined) throw unreachableIssuer()
      return { issuer: 'https://ci.example.com', jwks_uri: 'https://ci.example.com/keys' }
    },
  })
  const kidsFor = async (kid: string) => (await keys.of(provider, kid)).map((key) => key.kid)
  return { world, keys, kidsFor }
}

test('keys are asked for once in ten minutes, by however many', async () => {
  const { world, kidsFor } = openWorld()
  await Promise.all(Array.from({ length: 20 }, () => kidsFor('a')))
  world.time += 9 * minute
  await kidsFor('a')
  expect(world.asked).toBe(1)
  world.time += 2 * minute
  await kidsFor('a')
  expect(world.asked).toBe(2)
})

test('a key that nobody knows has them asked for anew, once in fifteen seconds', async () => {
  const { world, kidsFor } = openWorld()
  await kidsFor('a')
  world.kids = ['a', 'b']
  expect(await kidsFor('b')).toEqual(['a'])
  world.time += 15_000
  expect(await kidsFor('b')).toEqual(['a', 'b'])
  world.time += 1_000
  for (const kid of ['c', 'd', 'e']) await kidsFor(kid)
  expect(world.asked).toBe(2)
})

test('keys of an issuer that is out of reach hold for an hour', async () => {
  const { world, kidsFor } = openWorld()
  await kidsFor('a')
  world.kids = undefined
  world.time += 59 * minute
  expect(await kidsFor('a')).toEqual(['a'])
  world.time += 2 * minute
  await expect(kidsFor('a')).rejects.toThrow(unreachableIssuer().message)
  expect(world.failures).toBe(2)
  world.kids = ['b']
  world.time += 15_000
  expect(await kidsFor('b')).toEqual(['b'])
})

test('a failure is told to all who ask within fifteen seconds, and to whoever runs this server once', async () => {
  const { world, kidsFor } = openWorld()
  world.kids = undefined
  for (const _ of [1, 2, 3]) await expect(kidsFor('a')).rejects.toThrow(unreachableIssuer().message)
  expect([world.asked, world.failures]).toEqual([1, 1])
})

test('keys are believed under the very thumbprints with which they were fetched', async () => {
  const { world, keys } = openWorld()
  await keys.of(provider, 'a')
  await keys.of({ ...provider, thumbprints: ['ab'.repeat(20)] }, 'a')
  expect(world.asked).toBe(2)
})

test('no issuer has more than a hundred keys of a kind', async () => {
  const { world, kidsFor } = openWorld()
  world.kids = Array.from({ length: 101 }, (_, at) => String(at))
  await expect(kidsFor('1')).rejects.toThrow(noVerificationKey().message)
})
