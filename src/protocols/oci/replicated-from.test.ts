import { expect, test } from 'vitest'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRegion } from '../../core/names/region.ts'
import { readReplicatedFrom, replicatedFromHeader } from './replicated-from.ts'

test('a replica says which registry it comes from', () => {
  const registry = { account: parseAccountId('111122223333'), region: parseRegion('eu-west-1') }
  expect(readReplicatedFrom(replicatedFromHeader(registry))).toEqual(registry)
})

test('an ordinary push comes from nowhere', () => {
  expect(readReplicatedFrom({ 'content-type': 'application/json' })).toBeUndefined()
})

test.each(['', '111122223333', 'eu-west-1/111122223333', '111122223333/eu-west-1/more', '1/eu-west-1'])(
  'what names no registry is refused: %j',
  (header) => {
    expect(() => readReplicatedFrom({ 'berth-replicated-from': header })).toThrow('Not a registry')
  },
)
