import { expect, test } from 'vitest'
import { rootOf } from '../../access/principal.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRegion } from '../../core/names/region.ts'
import type { Call } from '../service.ts'
import { stsService } from './sts-service.ts'

/** Who one is, the caller alone tells. */
const nowhere = undefined as never

const account = parseAccountId('111122223333')

test("the account's root learns who it is", async () => {
  expect(await getCallerIdentity.run({}, callBy(rootOf(account)))).toEqual({
    UserId: '111122223333',
    Account: '111122223333',
    Arn: 'arn:aws:iam::111122223333:root',
  })
})

test('any other principal learns who it is', async () => {
  const dev = { account, arn: 'arn:aws:iam::111122223333:user/dev', userId: 'AIDAEXAMPLE' }
  expect(await getCallerIdentity.run({}, callBy(dev))).toEqual({
    UserId: 'AIDAEXAMPLE',
    Account: '111122223333',
    Arn: 'arn:aws:iam::111122223333:user/dev',
  })
})

test('asking who one is needs no permission', async () => {
  expect(await getCallerIdentity.permissions({}, callBy(rootOf(account)))).toEqual([])
})

const getCallerIdentity = stsAction('GetCallerIdentity')

function stsAction(operation: string) {
  const action = stsService(nowhere).actions.get(operation)
  if (action === undefined) throw new Error(`STS has no ${operation}`)
  return action
}

function callBy(caller: Call['caller']): Call {
  return {
    caller,
    registry: { account: caller.account, region: parseRegion('us-east-1') },
    surroundings: { sourceIp: '127.0.0.1', isSecure: false },
    requestId: 'request-1',
    endpoint: 'http://localhost:4566',
    pages: { position: undefined, next: String },
  }
}
