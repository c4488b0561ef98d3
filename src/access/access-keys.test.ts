import { expect, test } from 'vitest'
import { parseAccountId } from '../core/names/account-id.ts'
import { developerAccessKeys } from './developer-access-keys.ts'
import { rootOf } from './principal.ts'
import { rootAccessKeys } from './root-access-keys.ts'

const account = parseAccountId('111122223333')
const rootKey = { account, id: 'AKIAEXAMPLE', secret: 'shown once' }

test("the root key finds the account's root", async () => {
  expect(await rootAccessKeys(rootKey).find('AKIAEXAMPLE')).toEqual({
    id: 'AKIAEXAMPLE',
    secret: 'shown once',
    principal: { account, arn: 'arn:aws:iam::111122223333:root', userId: '111122223333' },
  })
})

test.each(['', 'akiaexample', 'AKIAEXAMPLE ', '111122223333'])('no other key id is known: %j', async (id) => {
  expect(await rootAccessKeys(rootKey).find(id)).toBeUndefined()
})

test('for developers, twelve digits are the root of that account', async () => {
  const keys = developerAccessKeys(rootAccessKeys(rootKey), 'test')
  const other = parseAccountId('444455556666')
  expect(await keys.find(other)).toEqual({ id: other, secret: 'test', principal: rootOf(other) })
})

test('for developers, a key that is known already stays as it is', async () => {
  const digits = { ...rootKey, id: '444455556666' }
  const keys = developerAccessKeys(rootAccessKeys(digits), 'test')
  expect(await keys.find('444455556666')).toMatchObject({ secret: 'shown once', principal: rootOf(account) })
})

test.each(['11112222333', '1111222233334', 'test', ''])('for developers, %j is no account', async (id) => {
  expect(await developerAccessKeys(rootAccessKeys(rootKey), 'test').find(id)).toBeUndefined()
})
