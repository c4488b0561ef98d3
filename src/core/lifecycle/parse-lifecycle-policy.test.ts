import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InvalidParameterError } from '../errors.ts'
import { parseLifecyclePolicy } from './parse-lifecycle-policy.ts'
import { policyText, type SampleRule } from './testing/lifecycle-world.ts'

const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 3 }
const expire = { type: 'expire' }
const archive = { type: 'transition', targetStorageClass: 'archive' }

describe('a policy is given back', () => {
  test('without white space, its members in the order they came', () => {
    const text =
      '{ "rules": [ { "rulePriority" : 1,\n "selection": {"countType":"imageCountMoreThan", "tagStatus":"any", "countNumber":3}, "action":{"type":"expire"} } ] }'
    expect(parseLifecyclePolicy(text).text).toBe(
      '{"rules":[{"rulePriority":1,"selection":{"countType":"imageCountMoreThan","tagStatus":"any","countNumber":3},"action":{"type":"expire"}}]}',
    )
  })

  test('its rules by ascending priority', () => {
    const text = policyText({ selection, priority: 9 }, { selection: tagged(['v']), priority: 2 })
    expect(parseLifecyclePolicy(text).policy.rules.map(({ priority }) => priority)).toEqual([2, 9])
  })

  test.each([
    ['expire by count', selection, expire],
    ['archive by count', selection, archive],
    ['archive by push', since('sinceImagePushed', 30), archive],
    ['archive by pull', since('sinceImagePulled', 30), archive],
    ['expire from the archive', { ...since('sinceImageTransitioned', 90), storageClass: 'archive' }, expire],
    ['standard said aloud', { ...selection, storageClass: 'standard' }, expire],
  ])('when it is to %s', (_, each, action) => {
    expect(parseLifecyclePolicy(policyText({ selection: each, action })).policy.rules).toHaveLength(1)
  })
})

const noMatch = 'instance failed to match exactly one schema (matched 0 out of 2)'

describe('a policy is refused for', () => {
  test.each([
    ['text that is no JSON', '{', 'Could not map policyString into LifecyclePolicy.'],
    ['a list', '[]', 'Could not map policyString into LifecyclePolicy.'],
    ['no rules', '{}', 'object has missing required properties (["rules"])'],
    [
      'another member',
      '{"rules":[],"foo":1}',
      'object instance has properties which are not allowed by the schema: (["foo"])\narray is too short: must have at least 1 elements but instance has 0 elements',
    ],
    [
      'null for its rules',
      '{"rules":null}',
      'instance type (null) does not match any allowed primitive type (allowed: ["array"])',
    ],
    [
      'a rule without anything',
      '{"rules":[{}]}',
      'object has missing required properties (["action","rulePriority","selection"])',
    ],
    [
      'a member named like something every object has',
      '{"rules":[],"constructor":1}',
      'object instance has properties which are not allowed by the schema: (["constructor"])\narray is too short: must have at least 1 elements but instance has 0 elements',
    ],
  ])('%s', (_, text, detail) => refuses(text, detail))

  test.each<[string, SampleRule, string]>([
    [
      'an unknown action',
      { selection, action: { type: 'delete' } },
      'instance value (delete) not found in enum :(possible values: ["expire","transition"])',
    ],
    [
      'Berth’s own action in ECR’s language',
      { selection, action: { type: 'keep' } },
      'instance value (keep) not found in enum :(possible values: ["expire","transition"])',
    ],
    [
      'a count of nothing',
      { selection: { ...selection, countNumber: 0 } },
      'numeric instance is lower than the required minimum (minimum: 1, found: 0)',
    ],
    [
      'half a count',
      { selection: { ...selection, countNumber: 1.5 } },
      'instance type (number) does not match any allowed primitive type (allowed: ["integer"])',
    ],
    ['a unit for a count of images', { selection: { ...selection, countUnit: 'days' } }, noMatch],
    [
      'days without a unit',
      { selection: { tagStatus: 'any', countType: 'sinceImagePushed', countNumber: 1 } },
      noMatch,
    ],
    ['an empty list of prefixes', { selection: tagged([]) }, noMatch],
    ['expiry by pull', { selection: since('sinceImagePulled', 30), action: expire }, noMatch],
    [
      'archiving what is in the archive',
      { selection: { ...since('sinceImageTransitioned', 90), storageClass: 'archive' }, action: archive },
      noMatch,
    ],
    ['the archive without its class', { selection: since('sinceImageTransitioned', 90) }, noMatch],
    ['a transition to nowhere', { selection, action: { type: 'transition' } }, noMatch],
    ['expiry to somewhere', { selection, action: { ...archive, type: 'expire' } }, noMatch],
    [
      'less than 90 days in the archive',
      { selection: { ...since('sinceImageTransitioned', 89), storageClass: 'archive' } },
      'numeric instance is lower than the required minimum (minimum: 90, found: 89)',
    ],
    [
      'tagged images without a list',
      { selection: { ...selection, tagStatus: 'tagged' } },
      'Must specify tagPrefixList or tagPatternList when tagStatus=TAGGED.',
    ],
    [
      'a list for untagged images',
      { selection: { ...tagged(['v']), tagStatus: 'untagged' } },
      'Cannot specify tagPrefixList or tagPatternList when tagStatus=UNTAGGED.',
    ],
    [
      'a list for any image',
      { selection: { ...tagged(['v']), tagStatus: 'any' } },
      'Cannot specify tagPrefixList or tagPatternList when tagStatus=ANY.',
    ],
    [
      'both lists',
      { selection: { ...tagged(['v']), tagPatternList: ['v*'] } },
      'Cannot specify both tagPrefixList and tagPatternList.',
    ],
    [
      'five stars in a pattern',
      { selection: { ...selection, tagStatus: 'tagged', tagPatternList: ['****', 'a*b*c*d*e*'] } },
      'Pattern exceeds the maximum of 4 wildcards.',
    ],
  ])('%s', (_, rule, detail) => refuses(policyText(rule), detail))

  test.each<[string, readonly SampleRule[], string]>([
    [
      'one priority twice',
      [{ selection: tagged(['a']) }, { selection, priority: 1 }],
      'Rule priorities must be unique.',
    ],
    [
      'two rules for untagged images',
      [{ selection: untagged(1) }, { selection: untagged(2) }],
      'Only one rule can select Untagged images per storage class',
    ],
    [
      'a rule below the one for any image',
      [{ selection }, { selection: untagged(1) }],
      'Rule for tagStatus=ANY must have the lowest priority per storage class',
    ],
    [
      'two rules for any image',
      [{ selection }, { selection: { ...selection, countNumber: 9 } }],
      'Rule for tagStatus=ANY must have the lowest priority per storage class',
    ],
    [
      'the same prefixes twice, in whatever order',
      [{ selection: tagged(['a', 'b']) }, { selection: tagged(['b', 'a', 'a']) }],
      'Tag prefix lists must be unique.',
    ],
    [
      '51 rules',
      Array.from({ length: 51 }, (_, at) => ({ selection: tagged([`v${at}`]) })),
      'array is too long: must have at most 50 elements but instance has 51 elements',
    ],
  ])('%s', (_, rules, detail) => refuses(policyText(...rules), detail))

  test('each thing that is wrong with its shape, a line each', () => {
    const text = policyText({ selection: { ...selection, countNumber: 0, foo: 1 }, action: {} })
    refuses(
      text,
      [
        'object instance has properties which are not allowed by the schema: (["foo"])',
        'numeric instance is lower than the required minimum (minimum: 1, found: 0)',
        'object has missing required properties (["type"])',
      ].join('\n'),
    )
  })
})

test('Berth’s language has keep rules and expiry by pull', () => {
  const text = policyText(
    { selection: since('sinceImagePulled', 7), action: { type: 'keep' }, priority: 2 },
    { selection: { ...since('sinceImagePulled', 30), tagStatus: 'untagged' }, priority: 1 },
  )
  expect(parseLifecyclePolicy(text, 'berth').policy.rules.map(({ action }) => action)).toEqual([
    'expire',
    'keep',
  ])
})

test('any JSON is read or refused in ECR’s words', () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      try {
        parseLifecyclePolicy(text)
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidParameterError)
      }
    }),
  )
})

function refuses(text: string, detail: string): void {
  expect(() => parseLifecyclePolicy(text)).toThrow(
    new InvalidParameterError('LifecyclePolicyText', `Lifecycle policy validation failure: ${detail}`),
  )
}

function tagged(tagPrefixList: readonly string[]) {
  return { ...selection, tagStatus: 'tagged', tagPrefixList }
}

function untagged(countNumber: number) {
  return { ...selection, tagStatus: 'untagged', countNumber }
}

function since(countType: string, countNumber: number) {
  return { tagStatus: 'any', countType, countUnit: 'days', countNumber }
}
