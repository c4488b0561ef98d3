import { X509Certificate } from 'node:crypto'
import { expect, test } from 'vitest'
import { makeAuthority } from './local-authority.ts'
import { LocalIdentity } from './local-identity.ts'

const day = 24 * 60 * 60 * 1000
const start = new Date('2030-01-01T00:00:00Z')
const permitted = { domains: ['localhost', 'amazonaws.com'], addresses: ['127.0.0.0/8', '::1/128'] }
const authority = makeAuthority(permitted, start)

/** An identity in a time that the test sets. */
function identity(domain: string | undefined = 'amazonaws.com') {
  const clock = { now: start }
  const ownNames = ['localhost', '127.0.0.1', '::1', 'sts.amazonaws.com'] as const
  const tls = new LocalIdentity({ authority, ownNames: [...ownNames], domain, now: () => clock.now })
  return { tls, after: (days: number) => (clock.now = new Date(start.getTime() + days * day)) }
}

function read(certificate: { readonly cert: string } | undefined): X509Certificate {
  return new X509Certificate(certificate?.cert ?? '')
}

test('a client that names no host is shown the names and addresses of this server', () => {
  const shown = read(identity().tls.unnamed())
  expect(shown.checkHost('localhost')).toBeDefined()
  expect(shown.checkIP('127.0.0.1')).toBe('127.0.0.1')
  expect(shown.checkIP('::1')).toBe('::1')
  expect(shown.verify(new X509Certificate(authority.cert).publicKey)).toBe(true)
})

test.each([
  '180789647333.dkr.ecr.us-east-1.amazonaws.com',
  '180789647333.DKR.ECR.us-east-1.amazonaws.com',
  'api.ecr.mars-north-1.amazonaws.com',
  'ecr.eu-west-2.amazonaws.com',
  'sts.eu-west-2.amazonaws.com',
  'sts.amazonaws.com',
  'localhost',
])('%s is shown a certificate that covers it', (name) => {
  expect(read(identity().tls.named(name)).checkHost(name)).toBeDefined()
})

test.each(['', 's3.amazonaws.com', 'example.com', '127.0.0.1.example', 'evil.localhost', '__proto__'])(
  '%j gets no certificate',
  (name) => {
    expect(identity().tls.named(name)).toBeUndefined()
  },
)

test('without a domain no name of AWS gets a certificate', () => {
  const tls = new LocalIdentity({ authority, ownNames: ['localhost'], now: () => start })
  expect(tls.named('api.ecr.us-east-1.amazonaws.com')).toBeUndefined()
})

test('all accounts of a region share one certificate, so that asking makes no more than one', () => {
  const { tls } = identity()
  const first = tls.named('111111111111.dkr.ecr.us-east-1.amazonaws.com')
  expect(tls.named('222222222222.dkr.ecr.us-east-1.amazonaws.com')).toBe(first)
})

test('any number of regions is served from a bounded memory', () => {
  const { tls } = identity()
  const first = tls.named('api.ecr.r-0.amazonaws.com')
  for (let region = 1; region <= 64; region++) tls.named(`api.ecr.r-${region}.amazonaws.com`)
  expect(tls.named('api.ecr.r-64.amazonaws.com')).toBe(tls.named('api.ecr.r-64.amazonaws.com'))
  expect(tls.named('api.ecr.r-0.amazonaws.com')).not.toBe(first)
})

test('a certificate is made anew before it ends, and stays the same until then', () => {
  const { tls, after } = identity()
  const name = 'api.ecr.us-east-1.amazonaws.com'
  const [named, unnamed] = [tls.named(name), tls.unnamed()]
  after(59)
  expect([tls.named(name), tls.unnamed()]).toEqual([named, unnamed])
  after(61)
  for (const renewed of [read(tls.named(name)), read(tls.unnamed())]) {
    expect(new Date(renewed.validTo)).toEqual(new Date(start.getTime() + (61 + 90) * day))
  }
})

test('no certificate outlives the CA, and near its end none is made twice', () => {
  const { tls, after } = identity()
  after(3649)
  const last = tls.unnamed()
  expect(read(last).validTo).toBe(new X509Certificate(authority.cert).validTo)
  expect(tls.unnamed()).toBe(last)
})
