import { expect, test } from 'vitest'
import { OutboundClient } from '../../outbound/outbound-client.ts'
import { Upstreams } from './upstreams.ts'

/** What an operator has allowed: one registry by plain HTTP, and another by HTTPS. */
const allowed = ['http://build-box:5000', 'https://registry.example.com']

test.each([
  ['quay.io', 'https://quay.io'],
  ['build-box:5000', 'http://build-box:5000'],
  ['http://build-box:5000', 'http://build-box:5000'],
  ['registry.example.com', 'https://registry.example.com'],
])('an upstream named %s is asked at %s', (url, origin) => {
  const { scheme, host } = openUpstreams().originOf(url)
  expect(`${scheme}://${host}`).toBe(origin)
})

test.each([
  'http://quay.io',
  'https://build-box:5000',
  'http://registry.example.com',
  'elsewhere.example',
  '',
])('an upstream named %j is refused, with the setting that allows others', (url) => {
  expect(() => openUpstreams().originOf(url)).toThrow('--upstream-registries')
})

function openUpstreams(): Upstreams {
  const isAllowed = ({ scheme, host }: { scheme: string; host: string }) =>
    allowed.includes(`${scheme}://${host}`)
  const findSecret = () => Promise.reject(new Error('There is none'))
  const outbound = new OutboundClient({ isAllowed: () => false })
  return new Upstreams({ ttl: 0, now: () => new Date(0), outbound, settings: { isAllowed, findSecret } })
}
