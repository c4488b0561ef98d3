import { expect, test } from 'vitest'
import { readPeers } from './peers.ts'

const key = { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'secret' }
const url = 'https://berth.example.com'

test('a peer holds an account, a region, or one registry', () => {
  const peers = [
    { url, account: '111122223333', ...key },
    { url: 'http://10.0.0.7:4566', region: 'eu-west-1', ...key },
    { url, account: '111122223333', region: 'eu-west-1', ...key },
  ]
  expect(readPeers(JSON.stringify(peers))).toEqual(peers)
})

test.each([
  ['no JSON', '{'],
  ['no list', '{}'],
  ['a peer that holds nothing', [{ url, ...key }]],
  ['a peer without a key', [{ url, region: 'eu-west-1' }]],
  ['a URL of another kind', [{ url: 'ftp://example.com', region: 'eu-west-1', ...key }]],
  ['a URL with a user', [{ url: 'https://a:b@example.com', region: 'eu-west-1', ...key }]],
  ['an account that is none', [{ url, account: '1', ...key }]],
  ['a member that means nothing', [{ url, region: 'eu-west-1', ...key, registryId: '111122223333' }]],
])('%s is refused', (_, peers) => {
  expect(readPeers(typeof peers === 'string' ? peers : JSON.stringify(peers))).toBeUndefined()
})
