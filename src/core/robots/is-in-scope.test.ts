import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAccountId } from '../names/account-id.ts'
import { parseRegion } from '../names/region.ts'
import { parseRepositoryName } from '../names/repository-name.ts'
import { isInScope } from './is-in-scope.ts'
import { parseRepositoryPattern, parseRobotName, type RobotScope } from './robot.ts'
import { formatRobotPassword, readRobotPassword } from './robot-password.ts'

const registry = { account: parseAccountId('111122223333'), region: parseRegion('eu-west-1') }
const elsewhere = { ...registry, account: parseAccountId('444455556666') }
const abroad = { ...registry, region: parseRegion('eu-west-2') }

function scopeOf(actions: RobotScope['actions'], ...repositories: readonly string[]): RobotScope {
  return { registry, actions, repositories: repositories.map(parseRepositoryPattern) }
}

function on(name: string, action = 'ecr:BatchGetImage', where = registry) {
  return { action, within: { ...where, name: parseRepositoryName(name) } }
}

describe('the repositories of a scope', () => {
  test.each([
    ['team-a/app', 'team-a/app', true],
    ['team-a/app', 'team-a/app2', false],
    ['team-a/app', 'team-a/app/sub', false],
    ['team-a/*', 'team-a/app', true],
    ['team-a/*', 'team-a/deep/app', true],
    ['team-a/*', 'team-ab/app', false],
    ['team-a/*', 'team-a', false],
    ['team-a*', 'team-ab/app', true],
    ['*', 'anything/at/all', true],
  ])('are meant by %s: %s is %s', (pattern, name, isMeant) => {
    expect(isInScope(scopeOf(['pull'], pattern), on(name))).toBe(isMeant)
  })

  test('are those of one registry', () => {
    for (const where of [elsewhere, abroad])
      expect(isInScope(scopeOf(['pull'], '*'), on('team/app', 'ecr:BatchGetImage', where))).toBe(false)
    expect(isInScope(scopeOf(['push'], '*'), { action: 'ecr:BatchGetImage', within: registry })).toBe(false)
    expect(isInScope(scopeOf(['push'], '*'), { action: 'ecr:BatchGetImage' })).toBe(false)
  })

  test.each(['', '**', 'a*b', 'team/%', '/app', 'Team/*', '../X*', 'team?*', 'a b*'])(
    'are not written %j',
    (pattern) => {
      expect(() => parseRepositoryPattern(pattern)).toThrow("at 'repositories'")
    },
  )
})

describe('the actions of a scope', () => {
  const granted = {
    pull: ['BatchCheckLayerAvailability', 'BatchGetImage', 'GetDownloadUrlForLayer', 'ListImages'],
    push: ['InitiateLayerUpload', 'UploadLayerPart', 'CompleteLayerUpload', 'PutImage'],
    create: ['CreateRepository', 'TagResource', 'BatchImportUpstreamImage'],
    delete: ['BatchDeleteImage'],
  } as const
  const all = Object.values(granted).flat()

  test.each(Object.keys(granted) as (keyof typeof granted)[])(
    'give by %s what it means and no more',
    (given) => {
      const meant: readonly string[] = given === 'push' ? [...granted.pull, ...granted.push] : granted[given]
      const may = all.filter((action) => isInScope(scopeOf([given], '*'), on('team/app', `ecr:${action}`)))
      expect(may).toEqual(meant)
    },
  )

  test('never give anything else', () => {
    const every = scopeOf(['pull', 'push', 'create', 'delete'], '*')
    for (const action of ['ecr:SetRepositoryPolicy', 'ecr:DeleteRepository', 'ecr:*', 'iam:CreateUser', ''])
      expect(isInScope(every, on('team/app', action))).toBe(false)
  })
})

test.each(['ci', 'a', '0', 'ci.eu_west-1'])('%s is a name', (name) => expect(parseRobotName(name)).toBe(name))
test.each(['', '-ci', 'ci-', 'CI', 'a b', 'a/b', 'x'.repeat(65)])('%j is no name', (name) => {
  expect(() => parseRobotName(name)).toThrow("at 'robotName'")
})

test('a password is read back as it was made, and nothing else is one', () => {
  const id = 'BRTA234567ABCDEFGHIJK'
  const secret = 'a'.repeat(42).concat('-')
  const text = formatRobotPassword({ id, secret })
  expect(readRobotPassword(text)).toEqual({ id, secret })
  for (const other of [`${text}a`, ` ${text}`, text.slice(0, -1), text.toUpperCase(), `${text}\n`])
    expect(readRobotPassword(other)).toBeUndefined()
  fc.assert(fc.property(fc.string(), (any) => readRobotPassword(any) === undefined))
})
