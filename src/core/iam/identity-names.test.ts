import { describe, expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { identityArn, identityId, isNamed, readIdentityName } from './named-identity.ts'
import { parseRoleArn } from './role-arn.ts'
import { roleOfSession, withoutRolePath } from './role-of-session.ts'

const account = parseAccountId('111122223333')
const user = { id: 'AIDAEXAMPLEEXAMPLE123', account, kind: 'user', name: 'anna', path: '/team/' } as const
const role = { id: 'AROAEXAMPLEEXAMPLE123', account, kind: 'role', name: 'deploy', path: '/ci/' } as const
const group = { ...user, id: 'AGPAEXAMPLEEXAMPLE123', kind: 'group', name: 'all' } as const
const roleArn = 'arn:aws:iam::111122223333:role/ci/deploy'
const sessionArn = 'arn:aws:sts::111122223333:assumed-role/deploy/run-7'

describe('an identity', () => {
  test('has an ARN for people and an id that nobody else ever gets', () => {
    expect(identityArn({ entity: user, session: undefined })).toBe('arn:aws:iam::111122223333:user/team/anna')
    expect(identityId({ entity: user, session: undefined })).toBe(user.id)
    expect(identityArn({ entity: role, session: 'run-7' })).toBe(sessionArn)
    expect(identityId({ entity: role, session: 'run-7' })).toBe(`${role.id}:run-7`)
  })

  test('is named by both, and by nothing else', () => {
    const session = { entity: role, session: 'run-7' }
    expect(isNamed(session, sessionArn)).toBe(true)
    expect(isNamed(session, `${role.id}:run-7`)).toBe(true)
    expect(isNamed(session, roleArn)).toBe(false)
    expect(isNamed(session, role.id)).toBe(false)
    expect(isNamed({ entity: role, session: undefined }, roleArn)).toBe(true)
    expect(isNamed({ entity: user, session: undefined }, user.id)).toBe(true)
  })

  test('is none if it is a group, or a session of a user', () => {
    for (const text of [group.id, 'arn:aws:iam::111122223333:group/team/all']) {
      expect(isNamed({ entity: group, session: undefined }, text)).toBe(false)
    }
    expect(isNamed({ entity: user, session: 'x' }, `${user.id}:x`)).toBe(false)
  })
})

test.each([
  [user.id, { of: { id: user.id }, session: undefined }],
  [`${role.id}:run-7`, { of: { id: role.id }, session: 'run-7' }],
  [
    'arn:aws:iam::111122223333:user/team/anna',
    { of: { account, kind: 'user', name: 'anna' }, session: undefined },
  ],
  [roleArn, { of: { account, kind: 'role', name: 'deploy' }, session: undefined }],
  [sessionArn, { of: { account, kind: 'role', name: 'deploy' }, session: 'run-7' }],
  ['arn:aws:iam::111122223333:group/all', undefined],
  ['arn:aws:iam::1111:user/anna', undefined],
  ['arn:aws:sts::111122223333:assumed-role/deploy', undefined],
  ['arn:aws:iam::111122223333:root', undefined],
  ['aida', undefined],
] as const)('%s is read as a principal', (text, name) => {
  expect(readIdentityName(text)).toEqual(name)
})

test('a role is found by its ARN, whatever its path, and by a session of it', () => {
  expect(parseRoleArn(roleArn)).toEqual({ account, name: 'deploy' })
  expect(parseRoleArn('arn:aws:iam::111122223333:role/deploy')).toEqual({ account, name: 'deploy' })
  for (const other of [
    'arn:aws:iam::111122223333:user/deploy',
    'arn:aws:iam::1111:role/deploy',
    'deploy',
    sessionArn,
  ]) {
    expect(parseRoleArn(other)).toBeUndefined()
  }
  expect(roleOfSession(sessionArn)).toBe('arn:aws:iam::111122223333:role/deploy')
  expect(roleOfSession(roleArn)).toBeUndefined()
  expect(withoutRolePath(roleArn)).toBe('arn:aws:iam::111122223333:role/deploy')
  expect(withoutRolePath('arn:aws:iam::111122223333:user/team/anna')).toBe(
    'arn:aws:iam::111122223333:user/team/anna',
  )
})
