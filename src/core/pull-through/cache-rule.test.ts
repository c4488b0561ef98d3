import { describe, expect, test } from 'vitest'
import { parseRepositoryName } from '../names/repository-name.ts'
import { type CacheRule, chooseRule, upstreamRepository } from './cache-rule.ts'

function rule(prefix: string, upstreamPrefix = 'ROOT'): CacheRule {
  const at = new Date(0)
  return {
    prefix,
    upstreamPrefix,
    upstreamUrl: 'quay.io',
    upstreamKind: 'quay',
    createdAt: at,
    updatedAt: at,
  }
}

describe('the rule for a repository', () => {
  const rules = ['ROOT', 'quay', 'quay/team'].map((prefix) => rule(prefix))
  test.each([
    ['quay/team/app', 'quay/team'],
    ['quay/teams/app', 'quay'],
    ['quay/team', 'quay'],
    ['quays/app', 'ROOT'],
    ['quay', 'ROOT'],
  ])('%s is %s', (name, prefix) => {
    expect(chooseRule(rules, parseRepositoryName(name))?.prefix).toBe(prefix)
  })

  test('is none where no prefix fits', () => {
    expect(chooseRule([rule('quay')], parseRepositoryName('quays/app'))).toBeUndefined()
  })
})

describe('the name at the upstream', () => {
  // ECR user guide, "Customizing repository prefixes for ECR to ECR pull through cache".
  test.each([
    ['ecr-public', 'ROOT', 'ecr-public/a/b', 'a/b'],
    ['ROOT', 'ROOT', 'a/b', 'a/b'],
    ['team-a', 'team-a', 'team-a/x', 'team-a/x'],
    ['my-app', 'upstream-app', 'my-app/i', 'upstream-app/i'],
    ['my-app/', 'upstream/app/', 'my-app/i/j', 'upstream/app/i/j'],
  ])('with %s for %s: %s is %s', (prefix, upstreamPrefix, name, upstream) => {
    expect(upstreamRepository({ prefix, upstreamPrefix }, parseRepositoryName(name))).toBe(upstream)
  })

  test('is none where it would be too long', () => {
    const name = parseRepositoryName(`a/${'b'.repeat(250)}`)
    expect(upstreamRepository({ prefix: 'a', upstreamPrefix: 'upstream' }, name)).toBeUndefined()
  })
})
