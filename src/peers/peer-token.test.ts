import { expect, test } from 'vitest'
import { parseAccountId } from '../core/names/account-id.ts'
import { parseRegion } from '../core/names/region.ts'
import { OutboundClient } from '../outbound/outbound-client.ts'
import { startUpstream } from '../outbound/testing/upstream.ts'
import { PeerUnavailableError } from '../registry/replication/peer-registry.ts'
import { PeerToken } from './peer-token.ts'

const registry = { account: parseAccountId('111122223333'), region: parseRegion('eu-west-1') }
const key = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'never-to-be-told' }
const { signal } = new AbortController()
const hours = 60 * 60 * 1000

/** A token of a peer that answers as told, at a time of the test's choosing. */
async function tokenOf(answer: () => { readonly status: number; readonly body: object }) {
  const calls: string[] = []
  const clock = { now: Date.parse('2026-03-01T08:00:00Z') }
  const upstream = await startUpstream((request, response) => {
    calls.push(String(request.headers['x-amz-target']))
    const { status, body } = answer()
    response.writeHead(status).end(JSON.stringify(body))
  })
  const outbound = new OutboundClient({ isAllowed: () => true })
  const token = new PeerToken({ url: upstream.url, key, outbound, now: () => new Date(clock.now) }, registry)
  return {
    calls,
    clock,
    token,
    async [Symbol.asyncDispose]() {
      outbound[Symbol.dispose]()
      await upstream[Symbol.asyncDispose]()
    },
  }
}

test('a token serves until half an hour before its end, or until it is refused', async () => {
  const expiresAt = Date.parse('2026-03-01T20:00:00Z') / 1000
  const authorizationData = [{ authorizationToken: 'QVdTOnRva2Vu', expiresAt }]
  await using world = await tokenOf(() => ({ status: 200, body: { authorizationData } }))
  const { token, calls, clock } = world
  expect(await token.get(signal)).toBe('Basic QVdTOnRva2Vu')
  clock.now += 11 * hours
  await token.get(signal)
  expect(calls).toEqual(['AmazonEC2ContainerRegistry_V20150921.GetAuthorizationToken'])
  clock.now += hours
  await token.get(signal)
  expect(calls).toHaveLength(2)
  token.drop()
  await token.get(signal)
  expect(calls).toHaveLength(3)
})

test('a key that is refused is worth another try, and its secret is not told', async () => {
  const body = { __type: 'UnrecognizedClientException', message: 'The security token is invalid.' }
  await using world = await tokenOf(() => ({ status: 400, body }))
  const error: unknown = await world.token.get(signal).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(PeerUnavailableError)
  expect(String(error)).toContain('refuses the access key with UnrecognizedClientException')
  expect(String(error)).not.toContain(key.secretAccessKey)
})
