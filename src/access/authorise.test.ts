import { expect, test } from 'vitest'
import { AccessDeniedError } from '../core/errors.ts'
import { parseAccountId } from '../core/names/account-id.ts'
import { authorise } from './authorise.ts'
import type { Permission } from './permission.ts'
import { rootOf } from './principal.ts'

const ours = parseAccountId('111122223333')
const theirs = parseAccountId('444455556666')
const push: Permission = {
  action: 'ecr:PutImage',
  resource: `arn:aws:ecr:us-east-1:${ours}:repository/team/app`,
  owner: ours,
}

test("an account's root may do everything in its own account", () => {
  expect(() => authorise(rootOf(ours), push)).not.toThrow()
})

test("another account's root is denied for want of a resource-based policy", () => {
  expect(() => authorise(rootOf(theirs), push)).toThrow(
    new AccessDeniedError(
      'User: arn:aws:iam::444455556666:root is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/team/app because no resource-based policy allows the ecr:PutImage action',
    ),
  )
})

test('anybody else of the account is denied for want of an identity-based policy', () => {
  const user = { account: ours, arn: `arn:aws:iam::${ours}:user/dev`, userId: 'AIDAEXAMPLE' }
  expect(() => authorise(user, { ...push, action: 'ecr:GetAuthorizationToken', resource: '*' })).toThrow(
    new AccessDeniedError(
      'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action',
    ),
  )
})

test("a principal that only looks like another account's root is nobody's root", () => {
  const impostor = { account: ours, arn: `arn:aws:iam::${theirs}:root`, userId: ours }
  expect(() => authorise(impostor, push)).toThrow(AccessDeniedError)
})
