import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { testAuthority } from '../tls/testing/test-certificates.ts'
import { OutboundClient } from './outbound-client.ts'
import { UnreachableError, UntrustedServerError } from './outbound-errors.ts'
import { startTlsUpstream, thumbprintOf } from './testing/tls-upstream.ts'

const authority = testAuthority()
const server = authority.issue(['localhost'])
const [ofAuthority, ofServer] = [thumbprintOf(authority.cert), thumbprintOf(server.cert)]

/** Asks a server that shows these certificates, believing what these thumbprints name. */
async function ask(shown: { key: string; chain: readonly string[] }, thumbprints?: readonly string[]) {
  await using upstream = await startTlsUpstream(shown, (_, response) => response.end('here'))
  using outbound = new OutboundClient({ isAllowed: (address) => address === '127.0.0.1' })
  const request = {
    method: 'GET',
    url: upstream.url,
    maxBytes: 1_000,
    ...(thumbprints && { thumbprints }),
  } as const
  const answer = await outbound.send(request)
  return text(answer.body)
}

const whole = { key: server.key, chain: [server.cert, authority.cert] }

test('a server of an unknown authority is believed by the thumbprint of the authority or by its own', async () => {
  expect(await ask(whole, [ofAuthority])).toBe('here')
  expect(await ask(whole, ['ab'.repeat(20), ofServer])).toBe('here')
  expect(await ask({ ...whole, chain: [server.cert] }, [ofServer])).toBe('here')
})

test('and by nothing else', async () => {
  await expect(ask(whole)).rejects.toThrow(UnreachableError)
  await expect(ask(whole, [])).rejects.toThrow(UntrustedServerError)
  await expect(ask(whole, ['ab'.repeat(20)])).rejects.toThrow("isn't trusted, and fits no thumbprint")
  await expect(ask({ ...whole, chain: [server.cert] }, [ofAuthority])).rejects.toThrow(UntrustedServerError)
})

test('a thumbprint proves no name, no time and no signature', async () => {
  const named = authority.issue(['other.example'])
  const ofOther = { key: named.key, chain: [named.cert, authority.cert] }
  await expect(ask(ofOther, [ofAuthority])).rejects.toThrow(UnreachableError)
  const long = authority.issue(['localhost'], new Date('2020-01-01'))
  const over = { key: long.key, chain: [long.cert, authority.cert] }
  await expect(ask(over, [ofAuthority])).rejects.toThrow(UnreachableError)
  const impostor = testAuthority().issue(['localhost'])
  const forged = { key: impostor.key, chain: [impostor.cert, authority.cert] }
  await expect(ask(forged, [ofAuthority])).rejects.toThrow(/isn't trusted|can't be reached/)
})
