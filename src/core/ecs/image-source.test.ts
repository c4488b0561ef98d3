import { expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { parseRegion } from '../names/region.ts'
import { readOwnImage } from './image-source.ts'

const registry = { account: parseAccountId('000000000000'), region: parseRegion('us-east-1') }
const names = { registry, hosts: ['localhost:4566'], domains: ['amazonaws.com'] }

test.each([
  [
    '111122223333.dkr.ecr.eu-west-2.amazonaws.com/team/app:v1',
    '111122223333 eu-west-2 team/app',
    { tag: 'v1' },
  ],
  ['localhost:4566/web', '000000000000 us-east-1 web', { tag: 'latest' }],
  [`localhost:4566/web:v1@sha256:${'a'.repeat(64)}`, '000000000000 us-east-1 web', { kind: 'digest' }],
])('%s is an image of this Berth', (image, place, reference) => {
  const own = readOwnImage(image, names)
  const { account, region, name } = own?.repository ?? {}
  expect(`${account} ${region} ${name}`).toBe(place)
  expect(own?.reference).toMatchObject(reference)
})

test.each(['httpd:2', 'docker.io/library/httpd', 'localhost:5000/web', 'localhost:4566/../web', ''])(
  '%j is from elsewhere',
  (image) => {
    expect(readOwnImage(image, names)).toBeUndefined()
  },
)
