import { expect, test } from 'vitest'
import { actions, policy, type SampleImage, type SampleRule } from './testing/lifecycle-world.ts'

interface Example {
  readonly name: string
  readonly images: readonly SampleImage[]
  readonly rules: readonly SampleRule[]
  readonly acted: readonly string[]
}

const archive = { type: 'transition', targetStorageClass: 'archive' }

const betaAndProd = [
  { name: 'A', tags: ['beta-1', 'prod-1'], pushed: 10 },
  { name: 'B', tags: ['beta-2', 'prod-2'], pushed: 9 },
  { name: 'C', tags: ['beta-3'], pushed: 8 },
]

const indexWithChildren: readonly SampleImage[] = [
  { name: 'I', tags: ['v1'], pushed: 20 },
  { name: 'c1', pushed: 20, protectedBy: 'index' },
  { name: 'c2', pushed: 20, protectedBy: 'index' },
  { name: 'O', pushed: 20 },
]

/** The worked examples of "Examples of lifecycle policies" in the Amazon ECR user guide, and what running policies have shown. */
const examples: readonly Example[] = [
  {
    name: 'a rule of higher priority keeps what it selects from the rule below',
    images: betaAndProd,
    rules: [{ selection: patterns(['prod*'], moreThan(1)) }, { selection: patterns(['beta*'], moreThan(1)) }],
    acted: ['A: expire by 1'],
  },
  {
    name: 'the same rules in the other order expire both, and the second rule gets nothing',
    images: betaAndProd,
    rules: [{ selection: patterns(['beta*'], moreThan(1)) }, { selection: patterns(['prod*'], moreThan(1)) }],
    acted: ['A: expire by 1', 'B: expire by 1'],
  },
  {
    name: 'an image must have a tag for each pattern of a list',
    images: [
      { name: 'A', tags: ['alpha-1'], pushed: 12 },
      { name: 'B', tags: ['beta-1'], pushed: 11 },
      { name: 'C', tags: ['alpha-2', 'beta-2'], pushed: 10 },
      { name: 'D', tags: ['alpha-3'], pushed: 4 },
      { name: 'E', tags: ['beta-3'], pushed: 3 },
      { name: 'F', tags: ['alpha-4', 'beta-4'], pushed: 2 },
    ],
    rules: [{ selection: patterns(['alpha*', 'beta*'], pushed(5)) }],
    acted: ['C: expire by 1'],
  },
  {
    name: 'tags beyond the patterns of a list make no difference',
    images: [
      { name: 'A', tags: ['alpha-1', 'beta-1', 'gamma-1'], pushed: 10 },
      { name: 'B', tags: ['alpha-2', 'beta-2'], pushed: 9 },
      { name: 'C', tags: ['alpha-3', 'beta-3', 'gamma-2'], pushed: 8 },
    ],
    rules: [{ selection: patterns(['alpha*', 'beta*'], moreThan(1)) }],
    acted: ['A: expire by 1', 'B: expire by 1'],
  },
  {
    name: 'a rule for any image counts tagged and untagged ones together',
    images: [
      { name: 'A', tags: ['alpha-1'], pushed: 4 },
      { name: 'B', tags: ['beta-1'], pushed: 3 },
      { name: 'C', pushed: 2 },
      { name: 'D', tags: ['alpha-2'], pushed: 1 },
    ],
    rules: [{ selection: any(moreThan(1)) }],
    acted: ['A: expire by 1', 'B: expire by 1', 'C: expire by 1'],
  },
  {
    name: 'three rules share out a repository, and images that others expire still count',
    images: [
      { name: 'A', tags: ['alpha-1', 'beta-1'], pushed: 4 },
      { name: 'B', pushed: 3 },
      { name: 'C', tags: ['alpha-2'], pushed: 2 },
      { name: 'D', tags: ['hash'], pushed: 1 },
      { name: 'E', pushed: 0.5 },
    ],
    rules: [
      { selection: patterns(['alpha*'], moreThan(1)) },
      { selection: untagged(pushed(1)) },
      { selection: any(moreThan(1)) },
    ],
    acted: ['A: expire by 1', 'B: expire by 2', 'D: expire by 3'],
  },
  {
    name: 'an untagged rule lets tagged images be, however old',
    images: [
      { name: 'U1', pushed: 30 },
      { name: 'U2', pushed: 2 },
      { name: 'T', tags: ['v1'], pushed: 90 },
    ],
    rules: [{ selection: untagged(pushed(14)) }],
    acted: ['U1: expire by 1'],
  },
  {
    name: 'an image within the count of the first rule is out of reach of the last',
    images: [
      { name: 'P1', tags: ['prod-1'], pushed: 400 },
      { name: 'P2', tags: ['prod-2'], pushed: 1 },
    ],
    rules: [{ selection: prefixes(['prod'], moreThan(5)) }, { selection: any(pushed(30)) }],
    acted: [],
  },
  {
    name: 'what no rule above selects is left to the rule for any image',
    images: [
      { name: 'V1', tags: ['v1.0'], pushed: 40 },
      { name: 'V2', tags: ['v1.1'], pushed: 35 },
      { name: 'X', tags: ['tmp'], pushed: 31 },
    ],
    rules: [{ selection: prefixes(['v'], moreThan(1)) }, { selection: any(pushed(30)) }],
    acted: ['V1: expire by 1', 'X: expire by 2'],
  },
  {
    name: 'an image expires with all its tags, not only the one that was matched',
    images: [
      { name: 'A', tags: ['1.0.0', 'latest'], pushed: 50 },
      { name: 'B', tags: ['0.9'], pushed: 60 },
    ],
    rules: [{ selection: patterns(['latest'], pushed(10)) }],
    acted: ['A: expire by 1'],
  },
  {
    name: 'the children of an index stay while it is there',
    images: indexWithChildren,
    rules: [{ selection: untagged(pushed(7)) }],
    acted: ['O: expire by 1'],
  },
  {
    name: 'an index expires before its children do',
    images: indexWithChildren,
    rules: [{ selection: prefixes(['v'], pushed(14)) }, { selection: untagged(pushed(7)) }],
    acted: ['I: expire by 1', 'O: expire by 2'],
  },
  {
    name: 'an image is not expired at the exact end of its days',
    images: [{ name: 'A', tags: ['rel-1'], pushed: 14 }],
    rules: [{ selection: patterns(['rel*'], pushed(14)) }],
    acted: [],
  },
  {
    name: 'a rule by pulls takes the push for an image that was never pulled',
    images: [
      { name: 'L', tags: ['app'], pushed: 200, pulled: 10 },
      { name: 'M', tags: ['app2'], pushed: 200 },
      { name: 'N', tags: ['app3'], pushed: 200, pulled: 120 },
    ],
    rules: [{ selection: any({ countType: 'sinceImagePulled', countNumber: 90 }), action: archive }],
    acted: ['M: archive by 1', 'N: archive by 1'],
  },
  {
    name: 'each storage class has its own rule for any image',
    images: [
      { name: 'Z', pushed: 500, archived: 400, storage: 'ARCHIVED' },
      { name: 'Y', pushed: 500, archived: 100, storage: 'ARCHIVED' },
      { name: 'S', pushed: 500 },
    ],
    rules: [
      { selection: any(pushed(30)), action: archive },
      {
        selection: any({
          storageClass: 'archive',
          countType: 'sinceImageTransitioned',
          countNumber: 365,
        }),
      },
    ],
    acted: ['S: archive by 1', 'Z: expire by 2'],
  },
  {
    name: 'a restored image is as old as its return',
    images: [{ name: 'R', pushed: 300, archived: 100, restored: 3 }],
    rules: [{ selection: any(pushed(30)), action: archive }],
    acted: [],
  },
  {
    name: 'a pattern of one star selects every tagged image',
    images: [
      ...[1, 2, 3, 4, 5].map((age) => ({ name: `v${age}`, tags: [`v${age}`], pushed: age })),
      ...[1, 2, 3].map((age) => ({ name: `u${age}`, pushed: age })),
    ],
    rules: [{ selection: patterns(['*'], moreThan(3)) }],
    acted: ['v4: expire by 1', 'v5: expire by 1'],
  },
  {
    name: 'one tag that fits one of two patterns is not enough',
    images: [{ name: 'A', tags: ['x-temp-amd64'], pushed: 3 }],
    rules: [{ selection: patterns(['*temp', '*temp-*'], pushed(1)) }],
    acted: [],
  },
  {
    name: 'an image with tags of two rules belongs to the first',
    images: [{ name: 'A', tags: ['dev-1', 'prod-1'], pushed: 90 }],
    rules: [{ selection: patterns(['prod*'], moreThan(10)) }, { selection: patterns(['dev*'], pushed(7)) }],
    acted: [],
  },
  {
    name: 'an archived image does not count among the others',
    images: [
      { name: 'A', tags: ['prod'], pushed: 20, archived: 10, storage: 'ARCHIVED' },
      { name: 'B', tags: ['prod-2'], pushed: 10 },
    ],
    rules: [{ selection: patterns(['prod*'], moreThan(1)) }],
    acted: [],
  },
  {
    name: 'the children of an index are not counted',
    images: [
      { name: 'I', tags: ['v9'], pushed: 0.1 },
      { name: 'c1', pushed: 0.1, protectedBy: 'index' },
      { name: 'c2', pushed: 0.1, protectedBy: 'index' },
      ...Array.from({ length: 23 }, (_, age) => ({ name: `p${age}`, tags: [`t${age}`], pushed: age + 1 })),
    ],
    rules: [{ selection: any(moreThan(20)) }],
    acted: ['p19', 'p20', 'p21', 'p22'].map((name) => `${name}: expire by 1`),
  },
]

test.each(examples)('$name', ({ images, rules, acted }) => {
  expect(actions(policy(rules), images)).toEqual(acted)
})

test('children of an index that has expired expire in the next evaluation', () => {
  const rules = policy([{ selection: untagged(pushed(7)) }])
  const left = ['c1', 'c2'].map((name) => ({ name, pushed: 20 }))
  expect(actions(rules, left)).toEqual(['c1: expire by 1', 'c2: expire by 1'])
})

type Count = Readonly<Record<string, unknown>>

function moreThan(countNumber: number): Count {
  return { countType: 'imageCountMoreThan', countNumber }
}

function pushed(countNumber: number): Count {
  return { countType: 'sinceImagePushed', countUnit: 'days', countNumber }
}

function patterns(tagPatternList: readonly string[], count: Count) {
  return { tagStatus: 'tagged', tagPatternList, ...count }
}

function prefixes(tagPrefixList: readonly string[], count: Count) {
  return { tagStatus: 'tagged', tagPrefixList, ...count }
}

function untagged(count: Count) {
  return { tagStatus: 'untagged', ...count }
}

/** Days are the unit of every count but the count of images. */
function any(count: Count) {
  const unit = count.countType === 'imageCountMoreThan' ? {} : { countUnit: 'days' }
  return { tagStatus: 'any', ...unit, ...count }
}
