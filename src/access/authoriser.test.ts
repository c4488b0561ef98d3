import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseAccountId } from '../core/names/account-id.ts'
import { repositoryArn } from '../core/names/arn.ts'
import { parseRegion } from '../core/names/region.ts'
import { parseRepositoryName } from '../core/names/repository-name.ts'
import type { NamedPolicy } from '../core/policies/decide.ts'
import { AccessDeniedError } from '../core/policies/errors.ts'
import { type PolicyKind, parsePolicy } from '../core/policies/parse-policy.ts'
import { accountSettings } from '../core/registries/account-settings.ts'
import { Authoriser } from './authoriser.ts'
import type { OwnPolicies } from './identity-policies.ts'
import type { Permission } from './permission.ts'
import { type Anonymous, anonymous, type Principal, rootOf } from './principal.ts'
import type { Surroundings } from './surroundings.ts'
import { noRules } from './testing/policyless.ts'

const ours = parseAccountId('111122223333')
const theirs = parseAccountId('444455556666')
const dev: Principal = { account: ours, arn: `arn:aws:iam::${ours}:user/dev`, userId: 'AIDADEV000000000' }
const bob: Principal = { account: theirs, arn: `arn:aws:iam::${theirs}:user/bob`, userId: 'AIDABOB000000000' }
const within = {
  account: ours,
  region: parseRegion('us-east-1'),
  name: parseRepositoryName('team/app'),
}
const arn = repositoryArn(within)
const pull: Permission = { action: 'ecr:BatchGetImage', resource: arn, owner: ours, within }
const push: Permission = { ...pull, action: 'ecr:PutImage' }
const login: Permission = { action: 'ecr:GetAuthorizationToken', resource: '*', owner: ours, within }

interface World {
  readonly who?: Principal | Anonymous
  readonly permission?: Permission
  readonly surroundings?: Partial<Surroundings>
  /** Statements, `Allow` of everything by everyone on everything where they don't say. */
  readonly repository?: readonly object[]
  readonly registry?: readonly object[]
  readonly identity?: readonly object[]
  readonly scope?: 'V1' | 'V2'
  readonly own?: Partial<OwnPolicies>
  readonly tags?: Readonly<Record<string, string>>
}

/** Resolves to undefined, or to what the caller is told. */
async function ask(world: World): Promise<string | undefined> {
  const { who = dev, permission = pull, surroundings } = world
  const question = {
    who,
    permission,
    surroundings: { sourceIp: '10.1.2.3', isSecure: true, ...surroundings },
  }
  try {
    await authoriserOf(world).authorise(question)
    return undefined
  } catch (error) {
    if (error instanceof AccessDeniedError) return error.message
    throw error
  }
}

function authoriserOf({ identity = [], repository, registry, scope = 'V2', own, tags = {} }: World) {
  return new Authoriser({
    identities: { of: () => ({ identity: [policy('identity', identity)].flat(), ...own }) },
    rulesOf: () => ({
      resource: { policy: policy('resource', repository)[0], tags: new Map(Object.entries(tags)) },
      registry: {
        policy: policy('resource', registry)[0],
        settings: accountSettings(new Map([['REGISTRY_POLICY_SCOPE', scope]])),
      },
    }),
    now: () => new Date('2026-03-01T12:00:00.000Z'),
  })
}

function policy(kind: PolicyKind, statements: readonly object[] = []): NamedPolicy[] {
  if (statements.length === 0) return []
  const basis = kind === 'identity' ? {} : { Principal: '*' }
  const all = statements.map((each) => ({
    Effect: 'Allow',
    ...('NotAction' in each ? {} : { Action: '*' }),
    Resource: '*',
    ...basis,
    ...each,
  }))
  const text = JSON.stringify({ Version: '2012-10-17', Statement: all })
  return [{ name: kind, document: parsePolicy(text, kind) }]
}

const deny = { Effect: 'Deny' }
const denial = (who: Principal, { action, resource }: Permission, why: string) =>
  `User: ${who.arn} is not authorized to perform: ${action} on resource: ${resource} ${why}`

describe('without any policy', () => {
  test("an account's root may do everything in its own account", async () => {
    expect(await ask({ who: rootOf(ours), permission: push })).toBeUndefined()
  })

  test("another account's root is denied for want of a resource-based policy", async () => {
    expect(await ask({ who: rootOf(theirs), permission: push })).toBe(
      'User: arn:aws:iam::444455556666:root is not authorized to perform: ecr:PutImage on resource: arn:aws:ecr:us-east-1:111122223333:repository/team/app because no resource-based policy allows the ecr:PutImage action',
    )
  })

  test('anybody else of the account is denied for want of an identity-based policy', async () => {
    expect(await ask({ permission: login })).toBe(
      'User: arn:aws:iam::111122223333:user/dev is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action',
    )
  })

  test("a principal that only looks like another account's root is nobody's root", async () => {
    const impostor = { account: ours, arn: `arn:aws:iam::${theirs}:root`, userId: ours }
    expect(await ask({ who: impostor, permission: push })).toBeDefined()
  })

  test('whoever has no name may nothing', async () => {
    expect(await ask({ who: anonymous })).toBeDefined()
  })
})

describe("another account's root", () => {
  const who = rootOf(theirs)
  test('may what a policy of the repository gives to its account, and nothing else', async () => {
    const repository = [{ Principal: { AWS: theirs }, Action: 'ecr:BatchGetImage' }]
    expect(await ask({ who, repository })).toBeUndefined()
    expect(await ask({ who, repository, permission: push })).toContain('no resource-based policy')
  })

  test('may not what its own policies alone allow: there are none that reach into another account', async () => {
    expect(await ask({ who, identity: [{}] })).toContain('no resource-based policy')
  })
})

test('a user of another account needs a policy on both sides', async () => {
  const given = { who: bob, repository: [{ Principal: { AWS: theirs } }] }
  expect(await ask(given)).toBe(
    denial(bob, pull, 'because no identity-based policy allows the ecr:BatchGetImage action'),
  )
  expect(await ask({ ...given, identity: [{}] })).toBeUndefined()
  expect(await ask({ who: bob, identity: [{}] })).toContain('no resource-based policy')
})

test("an explicit deny of the resource holds for the account's root as well", async () => {
  expect(await ask({ who: rootOf(ours), repository: [deny] })).toBe(
    denial(rootOf(ours), pull, 'with an explicit deny in a resource-based policy'),
  )
})

test("no policy keeps the account's root, and nobody else, from seeing and removing a policy", async () => {
  for (const action of ['Get', 'Delete'].flatMap((verb) => [
    `ecr:${verb}RepositoryPolicy`,
    `ecr:${verb}RegistryPolicy`,
  ])) {
    const given = { permission: { ...pull, action }, repository: [deny], registry: [deny] }
    expect(await ask({ ...given, who: rootOf(ours) })).toBeUndefined()
    expect(await ask({ ...given, who: rootOf(theirs) })).toBeDefined()
    expect(await ask({ ...given, identity: [{}] })).toContain('explicit deny in a resource-based policy')
  }
})

describe("the registry's policy", () => {
  test('has a say in every request', async () => {
    expect(await ask({ who: rootOf(ours), permission: push, registry: [deny] })).toContain('explicit deny')
    expect(await ask({ who: rootOf(theirs), registry: [{ Principal: { AWS: theirs } }] })).toBeUndefined()
  })

  test('with scope V1 in three actions alone', async () => {
    const given = { who: rootOf(ours), registry: [deny], scope: 'V1' } as const
    expect(await ask({ ...given, permission: push })).toBeUndefined()
    for (const action of ['ecr:CreateRepository', 'ecr:ReplicateImage', 'ecr:BatchImportUpstreamImage']) {
      expect(await ask({ ...given, permission: { ...push, action } })).toContain('explicit deny')
    }
  })

  test('lets nobody log in: that is for their own policies', async () => {
    expect(await ask({ permission: login, registry: [{ Principal: { AWS: dev.arn } }] })).toBeDefined()
  })
})

describe('without a name', () => {
  const everyone = { Principal: '*', Action: 'ecr:*' }
  test.each([
    ['ecr:BatchGetImage', true],
    ['ecr:GetDownloadUrlForLayer', true],
    ['ecr:ListImages', true],
    ['ecr:PutImage', false],
    ['ecr:DescribeImages', false],
    ['ecr:GetRepositoryPolicy', false],
    ['ecr:GetAuthorizationToken', false],
  ])('a policy for everyone gives %s: %s', async (action, given) => {
    const message = await ask({ who: anonymous, permission: { ...pull, action }, repository: [everyone] })
    expect(message === undefined).toBe(given)
  })

  test('a policy for an account gives nothing', async () => {
    expect(await ask({ who: anonymous, repository: [{ Principal: { AWS: ours } }] })).toBeDefined()
  })
})

describe('conditions know', () => {
  const tagged = { ...push, context: { 'aws:RequestTag/team': 'web', 'aws:TagKeys': ['team'] } }
  const cases: readonly [string, object, World, World][] = [
    [
      'the address',
      { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      {},
      { surroundings: { sourceIp: '::1' } },
    ],
    [
      'whether TLS was used',
      { Bool: { 'aws:SecureTransport': 'true' } },
      {},
      { surroundings: { isSecure: false } },
    ],
    ['the time', { DateLessThan: { 'aws:CurrentTime': '2026-03-01T12:00:01Z' } }, {}, {}],
    ['the time as a number', { NumericEquals: { 'aws:EpochTime': '1772366400' } }, {}, {}],
    [
      'the caller',
      { ArnEquals: { 'aws:PrincipalArn': dev.arn }, StringEquals: { 'aws:username': 'dev' } },
      {},
      { who: { ...dev, arn: `arn:aws:iam::${ours}:user/eve` } },
    ],
    ['the kind of caller', { StringEquals: { 'aws:PrincipalType': 'User' } }, {}, {}],
    ["the caller's account", { StringEquals: { 'aws:PrincipalAccount': ours } }, {}, {}],
    [
      "the caller's tags",
      { StringEquals: { 'aws:PrincipalTag/team': 'web' } },
      { own: { tags: new Map([['team', 'web']]) } },
      {},
    ],
    [
      "the repository's tags",
      { StringEquals: { 'aws:ResourceTag/team': 'web', 'ecr:ResourceTag/team': 'web' } },
      { tags: { team: 'web' } },
      { tags: { team: 'api' } },
    ],
    [
      'the tags of the request',
      {
        StringEquals: { 'aws:RequestTag/team': 'web' },
        'ForAllValues:StringEquals': { 'aws:TagKeys': 'team' },
      },
      { permission: tagged },
      {},
    ],
    ['the region', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }, {}, {}],
    [
      'the client',
      { StringLike: { 'aws:UserAgent': 'docker/*' } },
      { surroundings: { userAgent: 'docker/20.10' } },
      {},
    ],
  ]
  test.each(cases)('%s', async (_, Condition, fitting, unfitting) => {
    expect(await ask({ identity: [{ Condition }], ...fitting })).toBeUndefined()
    if (Object.keys(unfitting).length === 0) return
    expect(await ask({ identity: [{ Condition }], ...unfitting })).toBeDefined()
  })
})

describe('past vulnerabilities', () => {
  test('GHSA-wrw5-gmvj-gf23 (Harbor): what a client calls itself opens nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), async (userAgent) => {
        expect(await ask({ surroundings: { userAgent, referer: userAgent } })).toBeDefined()
      }),
    )
  })

  test('confused deputy: an ARN that only ends like the repository is another resource', async () => {
    const names = ['repository/team/app', 'repository/x:repository/team/app', 'repository/team/app/../app']
    for (const name of names) {
      const resource = `arn:aws:ecr:us-east-1:${ours}:${name}`
      const allowed = (await ask({ identity: [{ Resource: resource }] })) === undefined
      expect(allowed, resource).toBe(resource === arn)
    }
  })

  test('catastrophic patterns: a hundred stars take no longer than their length', async () => {
    const pattern = `arn:aws:ecr:us-east-1:${ours}:repository/${'*a'.repeat(2_000)}b`
    const resource = `arn:aws:ecr:us-east-1:${ours}:repository/${'a'.repeat(250)}`
    const Condition = { StringLike: { 'aws:UserAgent': `${'*a'.repeat(500)}b` } }
    const surroundings = { userAgent: 'a'.repeat(8_000) }
    const permission = { ...pull, resource }
    expect(await ask({ identity: [{ Resource: pattern }], permission })).toBeDefined()
    expect(await ask({ identity: [{ Condition }], surroundings })).toBeDefined()
  })
})

describe('whatever the policies', () => {
  const who = fc.constantFrom<Principal | Anonymous>(dev, bob, rootOf(ours), rootOf(theirs), anonymous)
  const permission = fc.constantFrom(pull, push, login, { ...pull, action: 'ecr:GetRepositoryPolicy' })
  const action = fc.constantFrom('*', 'ecr:*', 'ecr:BatchGetImage', 'ecr:PutImage')
  const effect = fc.constantFrom('Allow', 'Deny')
  const principal = fc.constantFrom<unknown>('*', { AWS: ours }, { AWS: theirs }, { AWS: dev.arn })
  const statement = fc.record({ Effect: effect, Action: action, Principal: principal })
  const own = fc.array(fc.record({ Effect: effect, Action: action }), { maxLength: 3 })
  const world: fc.Arbitrary<World> = fc.record({
    who,
    permission,
    identity: own,
    repository: fc.array(statement, { maxLength: 3 }),
    registry: fc.array(statement, { maxLength: 3 }),
  })
  const places = ['identity', 'repository', 'registry'] as const
  const more = fc.record({ place: fc.constantFrom(...places), Action: action, Principal: principal })
  const withOne = (given: World, place: (typeof places)[number], one: object): World => {
    const { Principal: _, ...forIdentity } = { Principal: undefined, ...one }
    return { ...given, [place]: [...(given[place] ?? []), place === 'identity' ? forIdentity : one] }
  }

  test('an allow more never takes access away, a deny more never gives any', async () => {
    await fc.assert(
      fc.asyncProperty(world, more, async (given, { place, ...one }) => {
        const before = (await ask(given)) === undefined
        const withMore = (Effect: string) => ask(withOne(given, place, { ...one, Effect }))
        if (before) expect(await withMore('Allow')).toBeUndefined()
        else expect(await withMore('Deny')).toBeDefined()
      }),
    )
  })

  test("a deny of everything wins, but for the root's way out", async () => {
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        fc.pre(given.permission !== login && given.permission?.action !== 'ecr:GetRepositoryPolicy')
        expect(await ask(withOne(given, 'repository', deny))).toBeDefined()
        expect(await ask(withOne(given, 'registry', deny))).toBeDefined()
      }),
    )
  })
})

test('what was decided before never changes what is decided now', async () => {
  const conditional = { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }
  const statements: readonly (readonly object[])[] = [
    [],
    [{}],
    [deny],
    [conditional],
    [{ Action: 'ecr:PutImage' }],
    [{ Condition: { DateLessThan: { 'aws:CurrentTime': '2026-03-01T12:00:00Z' } } }],
    [{ Condition: { DateGreaterThan: { 'aws:CurrentTime': '2026-03-01T12:00:00.5Z' } } }],
    [{ Condition: { 'ForAnyValue:StringEquals': { 'AWS:TagKeys': 'team' } } }, conditional],
    [
      { ...deny, Condition: { StringNotEquals: { 'aws:PrincipalTag/team': `\${aws:ResourceTag/team}` } } },
      {},
    ],
  ]
  const tagged = new Map([['team', 'web']])
  const identities = statements.flatMap((each) => [
    { identity: policy('identity', each) },
    { identity: policy('identity', each), tags: tagged },
  ])
  const repositories = statements.map((each) => ({ policy: policy('resource', each)[0], tags: tagged }))
  const impostor = { account: ours, arn: `arn:aws:iam::${theirs}:root`, userId: ours }
  const step = fc.record({
    who: fc.constantFrom(dev, bob, rootOf(ours), rootOf(theirs), impostor, anonymous),
    permission: fc.constantFrom(pull, push, { ...push, context: { 'aws:TagKeys': ['team'] } }),
    at: fc.constantFrom(
      '2026-03-01T11:59:59Z',
      '2026-03-01T12:00:00.2Z',
      '2026-03-01T12:00:00.7Z',
      '2026-03-01T12:00:01Z',
    ),
    own: fc.constantFrom(...identities),
    repository: fc.constantFrom(...repositories),
    sourceIp: fc.constantFrom('10.1.2.3', '192.0.2.1'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 30 }), async (steps) => {
      let [current] = steps
      const fromNow = () =>
        new Authoriser({
          identities: { of: () => current?.own ?? { identity: [] } },
          rulesOf: () => ({ resource: current?.repository, registry: noRules.registry }),
          now: () => new Date(current?.at ?? 0),
        })
      const lasting = fromNow()
      for (current of steps) {
        const { who, permission, sourceIp } = current
        const question = { who, permission, surroundings: { sourceIp, isSecure: true } }
        expect(await lasting.decide(question)).toEqual(await fromNow().decide(question))
      }
    }),
  )
})

test('what nobody has said anything about is decided without being read', async () => {
  const authoriser = new Authoriser({
    identities: { of: () => expect.unreachable('root has no policies') },
    rulesOf: () => noRules,
    now: () => expect.unreachable('no condition asks'),
  })
  const surroundings = { sourceIp: '::1', isSecure: false }
  await authoriser.authorise({ who: rootOf(ours), permission: push, surroundings })
})
