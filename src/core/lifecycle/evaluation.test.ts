import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { LifecyclePolicy, LifecycleRule } from './policy.ts'
import { selects } from './selects.ts'
import {
  actions,
  daysAgo,
  evaluate,
  policy,
  type SampleImage,
  sampleImage,
} from './testing/lifecycle-world.ts'
import { dayMs } from './times.ts'

const tag = fc.constantFrom('prod-1', 'prod-2', 'dev-1', 'dev-2', 'latest', 'v1')
const pattern = fc.constantFrom('prod*', 'dev*', '*1', 'latest', '*')

const images: fc.Arbitrary<readonly SampleImage[]> = fc
  .array(
    fc.record({
      tags: fc.uniqueArray(tag, { maxLength: 3 }),
      pushed: fc.integer({ min: 0, max: 60 }),
      storage: fc.constantFrom(
        'ACTIVE' as const,
        'ACTIVE' as const,
        'ARCHIVED' as const,
        'ACTIVATING' as const,
      ),
      protectedBy: fc.constantFrom(
        undefined,
        undefined,
        undefined,
        'index' as const,
        'archived-index' as const,
        'subject' as const,
        'running-task' as const,
      ),
    }),
    { maxLength: 30 },
  )
  .map((list) => list.map((image, at) => ({ ...image, name: `image ${at}`, archived: image.pushed / 2 })))

const count: fc.Arbitrary<LifecycleRule['count']> = fc.oneof(
  fc.record({ type: fc.constant('imageCountMoreThan' as const), number: fc.integer({ min: 1, max: 8 }) }),
  fc.record({ type: fc.constant('sinceImagePushed' as const), days: fc.integer({ min: 1, max: 60 }) }),
)

const tags: fc.Arbitrary<LifecycleRule['tags']> = fc.oneof(
  fc.constant({ status: 'any' as const }),
  fc.constant({ status: 'untagged' as const }),
  fc.record({
    status: fc.constant('tagged' as const),
    patterns: fc.uniqueArray(pattern, { minLength: 1, maxLength: 2 }),
  }),
)

const policies: fc.Arbitrary<LifecyclePolicy> = fc
  .array(
    fc.record({
      tags,
      count,
      storage: fc.constant('standard' as const),
      action: fc.constantFrom('expire' as const, 'archive' as const),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((rules) => ({ rules: rules.map((rule, at) => ({ ...rule, priority: at + 1 })) }))

describe('whatever the images and the rules', () => {
  test('nothing outside the selection of the acting rule is touched', () => {
    holds((rules, list) => {
      for (const [name, verdict] of evaluate(rules, list)) {
        if (verdict.outcome === 'kept') continue
        expect(verdict.rule && selects(verdict.rule, sampleImage(named(list, name)))).toBe(true)
      }
    })
  })

  test('a rule never acts on what a rule of higher priority selects', () => {
    holds((rules, list) => {
      for (const [name, { outcome, rule }] of evaluate(rules, list)) {
        if (outcome === 'kept' || rule === undefined) continue
        const image = sampleImage(named(list, name))
        const above = rules.rules.filter(({ priority }) => priority < rule.priority)
        expect(above.filter((other) => selects(other, image))).toEqual([])
      }
    })
  })

  test('what an index, a subject or a task protects is left alone, and so is what is on its way back', () => {
    holds((rules, list) => {
      for (const [name, { outcome }] of evaluate(rules, list)) {
        const { protectedBy, storage } = named(list, name)
        if (protectedBy === 'archived-index') expect(outcome).not.toBe('expire')
        else if (protectedBy !== undefined || storage === 'ACTIVATING') expect(outcome).toBe('kept')
      }
    })
  })

  test('the order in which images come makes no difference', () => {
    fc.assert(
      fc.property(policies, images.chain(withShuffled), (rules, [list, shuffled]) => {
        expect(actions(rules, shuffled)).toEqual(actions(rules, list))
      }),
    )
  })

  test('a rule more at the end never frees what the others hold, nor takes an action from them', () => {
    holds((rules, list) => {
      const fewer = { rules: rules.rules.slice(0, -1) }
      const last = rules.rules.at(-1)
      const byOthers = actions(rules, list).filter((action) => !action.endsWith(`by ${last?.priority}`))
      expect(byOthers).toEqual(actions(fewer, list))
    })
  })

  test('a count alone leaves exactly its number of the images it selects', () => {
    fc.assert(
      fc.property(images, fc.integer({ min: 1, max: 8 }), (list, number) => {
        const [rule] = policy([
          { selection: { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: number } },
        ]).rules
        if (rule === undefined) throw new Error('The policy has no rule')
        const ranked = list.filter(
          (image) => image.protectedBy === undefined && selects(rule, sampleImage(image)),
        )
        expect(actions({ rules: [rule] }, list)).toHaveLength(Math.max(0, ranked.length - number))
      }),
    )
  })

  test('nothing changes before the time that was told, and something does then', () => {
    holds((rules, list) => {
      for (const [name, { dueAt, outcome }] of evaluate(rules, list)) {
        if (dueAt === undefined) continue
        const before = new Date(dueAt.getTime() - 1)
        expect(evaluate(rules, list, before).get(name)?.outcome).toBe(outcome)
        expect(evaluate(rules, list, dueAt).get(name)?.outcome).not.toBe('kept')
      }
    })
  })
})

describe('a verdict says why', () => {
  const rules = policy([
    {
      selection: {
        tagStatus: 'tagged',
        tagPrefixList: ['prod'],
        countType: 'imageCountMoreThan',
        countNumber: 1,
      },
    },
    { selection: { tagStatus: 'any', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 30 } },
  ])
  const world: readonly SampleImage[] = [
    { name: 'kept by the first rule', tags: ['prod-2'], pushed: 40 },
    { name: 'one too many', tags: ['prod-1'], pushed: 50 },
    { name: 'too old', pushed: 31 },
    { name: 'young', pushed: 29 },
    { name: 'child', pushed: 99, protectedBy: 'index' },
    { name: 'archived', pushed: 99, storage: 'ARCHIVED' },
  ]

  test.each([
    ['kept by the first rule', { outcome: 'kept', reason: 'within-count', by: 1, heldBack: [2] }],
    ['one too many', { outcome: 'expire', reason: 'beyond-count', by: 1, heldBack: [2] }],
    ['too old', { outcome: 'expire', reason: 'beyond-count', by: 2, heldBack: [] }],
    ['young', { outcome: 'kept', reason: 'within-count', by: 2, heldBack: [] }],
    ['child', { outcome: 'kept', reason: 'index', by: undefined, heldBack: [] }],
    ['archived', { outcome: 'kept', reason: 'no-rule', by: undefined, heldBack: [] }],
  ])('%s', (name, expected) => {
    const verdict = evaluate(rules, world).get(name)
    expect({
      outcome: verdict?.outcome,
      reason: verdict?.reason,
      by: verdict?.rule?.priority,
      heldBack: verdict?.heldBack.map(({ priority }) => priority),
    }).toEqual(expected)
  })

  test('and when an image comes of age: a millisecond after its last day', () => {
    expect(evaluate(rules, world).get('young')?.dueAt).toEqual(
      new Date(daysAgo(29).getTime() + 30 * dayMs + 1),
    )
  })

  test('an age beyond the end of all dates is never reached', () => {
    const [rule] = policy([
      {
        selection: { tagStatus: 'any', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 1e12 },
      },
    ]).rules
    if (rule === undefined) throw new Error('The policy has no rule')
    expect(evaluate({ rules: [rule] }, world).get('young')).toMatchObject({ outcome: 'kept' })
    expect(evaluate({ rules: [rule] }, world).get('young')).not.toHaveProperty('dueAt')
  })
})

describe('a keep rule', () => {
  const keepPulled = {
    selection: { tagStatus: 'any', countType: 'sinceImagePulled', countUnit: 'days', countNumber: 30 },
    action: { type: 'keep' },
  }
  const keepNewest = {
    selection: {
      tagStatus: 'tagged',
      tagPatternList: ['prod*'],
      countType: 'imageCountMoreThan',
      countNumber: 2,
    },
    action: { type: 'keep' },
  }
  const expireOld = {
    selection: { tagStatus: 'any', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 10 },
  }

  test('keeps the newest of what it selects, and leaves the rest to the rules below', () => {
    const list = [1, 2, 3].map((at) => ({ name: `p${at}`, tags: [`prod-${at}`], pushed: 20 + at }))
    expect(actions(policy([keepNewest, expireOld], 'berth'), list)).toEqual(['p3: expire by 2'])
  })

  test('tells when an image outgrows it', () => {
    const list = [{ name: 'A', pushed: 90, pulled: 29 }]
    const rules = {
      rules: [...policy([keepPulled], 'berth').rules, ...policy([{ ...expireOld, priority: 2 }]).rules],
    }
    const verdict = evaluate(rules, list).get('A')
    expect(verdict).toMatchObject({ outcome: 'kept', reason: 'keep-rule' })
    expect(verdict?.dueAt?.getTime()).toBe(daysAgo(29).getTime() + 30 * dayMs + 1)
    expect(actions(rules, list, verdict?.dueAt)).toEqual(['A: expire by 2'])
  })
})

function named(list: readonly SampleImage[], name: string): SampleImage {
  const found = list.find((image) => image.name === name)
  if (found === undefined) throw new Error(`No image ${name}`)
  return found
}

function holds(check: (rules: LifecyclePolicy, list: readonly SampleImage[]) => void): void {
  fc.assert(fc.property(policies, images, check))
}

function withShuffled(list: readonly SampleImage[]) {
  return fc.tuple(
    fc.constant(list),
    fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length }),
  )
}

test('what an archived index lists may follow it to the archive, and is neither deleted nor ranked for that', () => {
  const child = { name: 'child', pushed: 40, protectedBy: 'archived-index' } as const
  const young = { name: 'young', pushed: 1 }
  const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 }
  const archive = policy([{ selection, action: { type: 'transition', targetStorageClass: 'archive' } }])
  expect(actions(archive, [child, young])).toEqual(['child: archive by 1'])
  const expire = policy([{ selection }])
  expect(actions(expire, [child, young, { name: 'old', pushed: 50 }])).toEqual(['old: expire by 1'])
  expect(evaluate(expire, [child]).get('child')).toMatchObject({ outcome: 'kept', reason: 'archived-index' })
})
