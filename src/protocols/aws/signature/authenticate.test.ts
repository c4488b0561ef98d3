import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AwsRequest } from '../aws-request.ts'
import { parseParameters } from '../query-string.ts'
import { RefusalError } from '../refusal.ts'
import { httpRequest, type RequestParts } from '../testing/http-request.ts'
import { presign, type Signer, signHeader, type Unsigned } from '../testing/official-signer.ts'
import {
  headerOf,
  keys,
  now,
  principal,
  refusalOf,
  signer,
  temporarySigner,
  verify,
  withHeader,
} from '../testing/signing-world.ts'
import { authenticate } from './authenticate.ts'
import { canonicalRequest } from './canonical-request.ts'
import { sha256, sign } from './signature.ts'

test('the caller and the region of a signed request are known', async () => {
  const parts = await signHeader({ body: '{}' }, { ...signer, region: 'eu-central-1' })
  expect(await verify(parts)).toEqual({ caller: principal, region: 'eu-central-1' })
})

test('whatever the official signer signs is accepted', async () => {
  await fc.assert(
    fc.asyncProperty(anyUnsigned(), anySigner(), async (unsigned, by) => {
      expect(await verify(await signHeader(unsigned, by))).toMatchObject({ caller: principal })
    }),
  )
})

test('whatever the official signer presigns is accepted', async () => {
  await fc.assert(
    fc.asyncProperty(anyUnsigned(), anySigner(), async (unsigned, by) => {
      expect(await verify(await presign(unsigned, by))).toMatchObject({ caller: principal })
    }),
  )
})

test('a request with any byte of its body changed is refused', async () => {
  const body = fc.uint8Array({ minLength: 1, maxLength: 40 })
  await fc.assert(
    fc.asyncProperty(body, fc.nat(), fc.integer({ min: 1, max: 255 }), async (bytes, at, difference) => {
      const parts = await signHeader({ body: bytes }, signer)
      const changed = Uint8Array.from(bytes)
      changed[at % bytes.length] = ((bytes[at % bytes.length] ?? 0) + difference) % 256
      await expectMismatch({ ...parts, body: changed })
    }),
  )
})

test('where the hash of the body is announced, a wrong signature is refused before the body is read', async () => {
  const headers = { 'x-amz-content-sha256': sha256('{}') }
  const parts = await signHeader({ body: '{}', headers }, { ...signer, secret: 'guessed' })
  const request = new AwsRequest(httpRequest({ ...parts, body: neverRead() }))
  const accessKeys = { keys, now: () => now }
  await expect(authenticate(request, { name: 'ecr', clockMinutes: 5 }, accessKeys)).rejects.toThrow(
    'does not match',
  )
})

test('a request with a byte more or less in its body is refused', async () => {
  const parts = await signHeader({ body: '{"a":1}' }, signer)
  await expectMismatch({ ...parts, body: '{"a":1} ' })
  await expectMismatch({ ...parts, body: '{"a":1' })
  await expectMismatch({ ...parts, body: '' })
})

test.for(['header', 'query'] as const)(
  'a request with any byte of its URL changed is refused (%s)',
  async (form) => {
    await fc.assert(
      fc.asyncProperty(anyUnsigned(plainSegments), fc.nat(), anyLetter(), async (unsigned, at, letter) => {
        const parts = form === 'header' ? await signHeader(unsigned, signer) : await presign(unsigned, signer)
        const url = parts.url ?? ''
        const changed = replaceAt(url, 1 + (at % Math.max(1, url.length - 1)), letter)
        fc.pre(!meansTheSame(url, changed))
        await expect(verify({ ...parts, url: changed })).rejects.toThrow(RefusalError)
      }),
    )
  },
)

test('a request with another method is refused', async () => {
  const parts = await signHeader({ method: 'POST' }, signer)
  for (const method of ['GET', 'PUT', 'post', 'POSTS']) await expectMismatch({ ...parts, method })
})

test('a request with any byte of a signed header changed is refused', async () => {
  await fc.assert(
    fc.asyncProperty(anyUnsigned(), fc.nat(), fc.nat(), anyLetter(), async (unsigned, which, at, letter) => {
      const { headers = [], ...parts } = await signHeader(unsigned, signer)
      const index = which % headers.length
      const [name, value] = headers[index] ?? ['', '']
      const changed = replaceAt(value, at % Math.max(1, value.length), letter)
      fc.pre(changed !== value)
      const request = { ...parts, headers: headers.with(index, [name, changed]) }
      await expect(verify(request)).rejects.toThrow(RefusalError)
    }),
  )
})

test('a request that lost a signed header is refused', async () => {
  const { headers = [], ...parts } = await signHeader({ headers: { 'x-empty': '', 'x-full': 'y' } }, signer)
  for (const lost of ['x-empty', 'x-full', 'host']) {
    await expectMismatch({ ...parts, headers: headers.filter(([name]) => name !== lost) })
  }
})

test('a request with any digit of its signature changed is refused', async () => {
  const parts = await signHeader({}, signer)
  const authorization = headerOf(parts, 'authorization')
  const start = authorization.indexOf('Signature=') + 'Signature='.length
  for (let at = start; at < authorization.length; at += 1) {
    const other = authorization[at] === '0' ? '1' : '0'
    await expectMismatch(withHeader(parts, 'authorization', replaceAt(authorization, at, other)))
  }
})

test.each(['', 'zz', 'A'.repeat(64), '0'.repeat(65)])('%j is no signature', async (signature) => {
  const parts = await signHeader({}, signer)
  const authorization = headerOf(parts, 'authorization').replace(/Signature=.*/, `Signature=${signature}`)
  await expect(verify(withHeader(parts, 'authorization', authorization))).rejects.toThrow(RefusalError)
})

test('a header that was not signed may change, unless it means something to AWS', async () => {
  const { headers = [], ...parts } = await signHeader({}, signer)
  const added = (name: string, value: string) => verify({ ...parts, headers: [...headers, [name, value]] })
  expect(await added('user-agent', 'curl')).toMatchObject({ caller: principal })
  await expect(added('X-Amz-Target', 'Other.Operation')).rejects.toThrow(
    "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.",
  )
  await expect(added('X-Amz-Security-Token', 'x')).rejects.toThrow("'x-amz-security-token' must be")
})

test('a second value of a signed header is refused', async () => {
  const { headers = [], ...parts } = await signHeader({ headers: { 'x-amz-target': 'A.B' } }, signer)
  for (const name of ['x-amz-target', 'host', 'content-type']) {
    const smuggled = { ...parts, headers: [...headers, [name, 'other'] as const] }
    if (name === 'content-type') expect(await verify(smuggled)).toMatchObject({ caller: principal })
    else await expect(verify(smuggled)).rejects.toThrow(RefusalError)
  }
})

test('spaces around and inside a header value are folded, as proxies may do', async () => {
  const { headers = [], ...parts } = await signHeader({ headers: { 'x-note': 'a b' } }, signer)
  const folded = headers.map(([name, value]) => [name, name === 'x-note' ? '  a   b ' : value] as const)
  expect(await verify({ ...parts, headers: folded })).toMatchObject({ caller: principal })
})

test('the body must be the one that x-amz-content-sha256 announces', async () => {
  const announce = (hash: string) => ({ headers: { 'x-amz-content-sha256': hash }, body: 'hello' })
  const right = '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824'
  expect(await verify(await signHeader(announce(right), signer))).toMatchObject({ caller: principal })
  await expectMismatch(await signHeader(announce('0'.repeat(64)), signer))
})

test('a body that the signer left out of the signature is refused', async () => {
  const headers = { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' }
  await expectMismatch(await signHeader({ headers, body: 'hello' }, signer))
})

test.each(['Sun, 01 Mar 2026 08:00:00 GMT', '20260301T080000Z'])(
  'the Date header %j stands in for a missing X-Amz-Date',
  async (date) => {
    const parts = { headers: [['Host', 'localhost:4566'] as const, ['Date', date] as const] }
    const scope = { date: '20260301', region: 'us-east-1', service: 'ecr', terminator: 'aws4_request' }
    const canonical = canonicalRequest(new AwsRequest(httpRequest(parts)), ['date', 'host'], sha256(''))
    const signature = sign(signer.secret, { scope, time: now }, canonical)
    const credential = `${signer.keyId}/${Object.values(scope).join('/')}`
    const authorization = `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=date;host,Signature=${signature}`
    expect(await verify({ headers: [...parts.headers, ['Authorization', authorization]] })).toMatchObject({
      caller: principal,
    })
  },
)

async function expectMismatch(parts: RequestParts): Promise<void> {
  expect(await refusalOf(parts)).toMatchObject({ reason: 'signature-mismatch' })
}

function replaceAt(text: string, at: number, letter: string): string {
  return text.slice(0, at) + letter + text.slice(at + 1)
}

/** Tells whether two URLs say the same thing in other bytes, such as `%2f` and `%2F`. */
function meansTheSame(a: string, b: string): boolean {
  const [aPath, aQuery = ''] = a.split('?', 2)
  const [bPath, bQuery = ''] = b.split('?', 2)
  try {
    return (
      aPath === bPath && JSON.stringify(parseParameters(aQuery)) === JSON.stringify(parseParameters(bQuery))
    )
  } catch {
    return false
  }
}

function anyLetter(): fc.Arbitrary<string> {
  return fc.constantFrom(...'abcXYZ0189-_.~/%+=&')
}

function anySigner(): fc.Arbitrary<Signer> {
  return fc.constantFrom(signer, temporarySigner)
}

const plainSegments = ['a', 'b%20c', 'x~y', 'd:e', '%C3%A9', '*']
/** These vanish from a canonical path, and two dots take the segment before with them, whichever it is. */
const emptySegments = ['.', '..', '']

function anyUnsigned(segments = [...plainSegments, ...emptySegments]): fc.Arbitrary<Unsigned> {
  const value = fc.string({ unit: 'grapheme', maxLength: 8 })
  const printable = fc.string({ unit: fc.constantFrom(...'abc XYZ019 ;,=/~"'), minLength: 1, maxLength: 12 })
  return fc.record({
    method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE'),
    path: fc
      .array(fc.constantFrom(...segments), { minLength: 1, maxLength: 4 })
      .map((chosen) => `/${chosen.join('/')}`),
    query: fc.dictionary(
      fc.string({ minLength: 1, maxLength: 6 }).filter((name) => !/^x-amz/i.test(name)),
      fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 })),
      { maxKeys: 4 },
    ),
    headers: fc.dictionary(
      fc.constantFrom('content-type', 'x-amz-target', 'x-note', 'amz-sdk-request'),
      printable,
    ),
    body: fc.string({ maxLength: 30 }),
  })
}

function neverRead(): Readable {
  return new Readable({
    read() {
      throw new Error('The body was read')
    },
  })
}
