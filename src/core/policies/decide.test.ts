import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AccessRequest } from './access-request.ts'
import { ConditionContext } from './condition-context.ts'
import { type ApplicablePolicies, type Decision, decide } from './decide.ts'
import { denialText } from './denial-text.ts'
import {
  abroad,
  alice,
  builder,
  home,
  policy,
  repository,
  request,
  root,
  type StatementText,
  stranger,
} from './testing/policy-world.ts'

interface Case {
  readonly asked?: Partial<AccessRequest>
  readonly identity?: StatementText
  readonly resource?: StatementText
  readonly boundary?: StatementText
  readonly session?: StatementText
  readonly trust?: StatementText
  readonly result: string
}

const aws = (name: string) => ({ Principal: { AWS: name } })
const aliceArn = `arn:aws:iam::${home}:user/alice`
const aliceId = 'AIDAALICE0000000'
const byBuilder = { caller: builder }
const byStranger = { caller: stranger }
const newAlice = { kind: 'user', account: home, arn: aliceArn, id: 'AIDANEWALICE0000' } as const
const newBuilder = {
  ...builder,
  id: 'AROANEWBUILD0000:run-1',
  role: { ...builder.role, id: 'AROANEWBUILD0000' },
}
const federated = {
  kind: 'federated',
  account: home,
  arn: `arn:aws:sts::${home}:federated-user/ann`,
  id: `${home}:ann`,
} as const
const put = { action: 'ecr:PutImage' }
const assume = { action: 'sts:AssumeRole', resource: `arn:aws:iam::${home}:role/deploy` }
const anything = { Action: 'ecr:*' }

/** IAM user guide, "Policy evaluation logic", as a table. */
const cases: Readonly<Record<string, Case>> = {
  'nothing allows what no policy speaks of': { result: 'identity missing' },
  'a policy of the caller allows': { identity: anything, result: 'allowed' },
  'a policy of the resource allows the user it names': { resource: aws(aliceId), result: 'allowed' },
  'a policy of the resource leaves an account to decide for itself': {
    resource: aws(home),
    result: 'identity missing',
  },
  'and the account may decide so': { resource: aws(home), identity: anything, result: 'allowed' },
  'a policy of the resource allows everyone': { resource: { Principal: '*' }, result: 'allowed' },
  'a deny of the resource wins over an allow of the caller': {
    identity: anything,
    resource: { ...aws(aliceId), Effect: 'Deny' },
    result: 'resource denies',
  },
  'a boundary takes away': {
    asked: put,
    identity: anything,
    boundary: { Action: 'ecr:Get*' },
    result: 'boundary missing',
  },
  'a boundary gives nothing': { boundary: {}, result: 'identity missing' },
  'a user whom the resource names is not held by the boundary': {
    resource: aws(aliceId),
    boundary: { Action: 's3:*' },
    result: 'allowed',
  },
  'a role that the resource names is held by it': {
    asked: byBuilder,
    resource: aws('AROABUILD0000000'),
    boundary: { Action: 's3:*' },
    result: 'boundary missing',
  },
  'a session that the resource names is not held by its session policy': {
    asked: byBuilder,
    resource: aws('AROABUILD0000000:run-1'),
    session: { Action: 's3:*' },
    result: 'allowed',
  },
  'a session policy takes away': {
    asked: { ...byBuilder, ...put },
    identity: anything,
    session: { Action: 'ecr:Describe*' },
    result: 'session missing',
  },
  'a session without a policy has all of its role': {
    asked: byBuilder,
    identity: anything,
    result: 'allowed',
  },
  'another account needs a policy of the resource': {
    asked: byStranger,
    identity: anything,
    result: 'resource missing',
  },
  'another account needs a policy of its own': {
    asked: byStranger,
    resource: aws('AIDABOB000000000'),
    result: 'identity missing',
  },
  'another account with both may': {
    asked: byStranger,
    identity: anything,
    resource: aws(abroad),
    result: 'allowed',
  },
  'another account is held by its boundary': {
    asked: byStranger,
    identity: anything,
    resource: { Principal: '*' },
    boundary: { Action: 's3:*' },
    result: 'boundary missing',
  },
  'a trust policy for the account lets its users assume a role if their own policies do': {
    asked: assume,
    identity: { Action: 'sts:AssumeRole' },
    trust: { ...aws(home), Action: 'sts:AssumeRole' },
    result: 'allowed',
  },
  'a trust policy for a user is enough': {
    asked: assume,
    trust: { ...aws(aliceId), Action: 'sts:AssumeRole' },
    result: 'allowed',
  },
  'without a trust policy not even an administrator assumes a role': {
    asked: assume,
    identity: {},
    trust: { ...aws(abroad), Action: 'sts:AssumeRole' },
    result: 'resource missing',
  },
  'a trust policy may ask for an external id': {
    asked: assume,
    identity: {},
    trust: {
      ...aws(home),
      Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'sts:ExternalId': 'x' } },
    },
    result: 'resource missing',
  },
  'a condition on what the request lacks does not hold': {
    asked: byBuilder,
    identity: { Condition: { StringEquals: { 'aws:username': 'alice' } } },
    result: 'identity missing',
  },
  'a deny on everything else holds for what the request lacks': {
    identity: {
      Effect: 'Deny',
      Condition: { StringNotEquals: { 'aws:PrincipalTag/team': 'a' } },
    },
    result: 'identity denies',
  },
  'an action is compared without its case': {
    asked: { action: 'ecr:GetAuthorizationToken', resource: '*' },
    identity: { Action: 'ECR:getauthorizationtoken' },
    result: 'allowed',
  },
  'an action without a resource is not allowed on a resource': {
    asked: { action: 'ecr:GetAuthorizationToken', resource: '*' },
    identity: { Action: 'ecr:GetAuthorizationToken', Resource: repository },
    result: 'identity missing',
  },
  'NotAction allows every other action': {
    asked: { action: 'ecs:RunTask' },
    identity: { NotAction: 'iam:*' },
    result: 'allowed',
  },
  'NotAction does not allow what it names': {
    asked: { action: 'iam:GetUser' },
    identity: { NotAction: 'iam:*' },
    result: 'identity missing',
  },
  'NotResource denies everything else': {
    identity: { Effect: 'Deny', Resource: undefined, NotResource: `${repository}-2` },
    result: 'identity denies',
  },
  'NotPrincipal with a deny lets those it names be': {
    resource: { Effect: 'Deny', NotPrincipal: { AWS: [aliceId, home] } },
    identity: anything,
    result: 'allowed',
  },
  'NotPrincipal with a deny refuses everyone else': {
    asked: byBuilder,
    resource: { Effect: 'Deny', NotPrincipal: { AWS: aliceId } },
    identity: anything,
    result: 'resource denies',
  },
  'root needs no policy in its account': { asked: { caller: root }, result: 'allowed' },
  'root is held by a deny of the resource': {
    asked: { caller: root },
    resource: { Principal: '*', Effect: 'Deny' },
    result: 'resource denies',
  },
  'root of another account is a stranger': {
    asked: { caller: { kind: 'root', account: abroad, arn: `arn:aws:iam::${abroad}:root` } },
    result: 'resource missing',
  },
  'nobody needs to be known where everyone may': {
    asked: { caller: { kind: 'anonymous' } },
    resource: { Principal: '*' },
    result: 'allowed',
  },
  'who is not known is not of the account': {
    asked: { caller: { kind: 'anonymous' } },
    resource: aws(home),
    result: 'resource missing',
  },
  'a service may what the resource lets it': {
    asked: { caller: { kind: 'service', name: 'events.amazonaws.com' } },
    resource: { Principal: { Service: 'events.amazonaws.com' } },
    result: 'allowed',
  },
  'another service may not': {
    asked: { caller: { kind: 'service', name: 'ecs.amazonaws.com' } },
    resource: { Principal: { Service: 'events.amazonaws.com' } },
    result: 'resource missing',
  },
  'an identity made again under an old name is another one': {
    asked: { caller: newAlice },
    resource: aws(aliceId),
    result: 'identity missing',
  },
  'and so is a role, for its sessions of any name': {
    asked: { caller: newBuilder },
    resource: { Principal: { AWS: ['AROABUILD0000000', 'AROABUILD0000000:run-1'] } },
    result: 'identity missing',
  },
  'a deny on everybody but the former one holds for the new one': {
    asked: { caller: newAlice },
    identity: anything,
    resource: { Effect: 'Deny', NotPrincipal: { AWS: aliceId } },
    result: 'resource denies',
  },
  'a name for which no id was found means nobody': { resource: aws(aliceArn), result: 'identity missing' },
  'a federated user has no other id than its name': {
    asked: { caller: federated },
    resource: aws(federated.arn),
    result: 'allowed',
  },
}

test.each(Object.entries(cases))('%s', (_, { asked, result, ...policies }) => {
  expect(short(decide(request(asked), applicable(policies)))).toBe(result)
})

describe('resources', () => {
  test.each([
    ['repository/team/*', 'repository/team/a/b', true],
    ['repository/Team/*', 'repository/team/x', false],
    ['repository/team/app', 'repository/team/app', true],
    ['repository/team/app', 'repository/team/app2', false],
    ['repository/team/a??', 'repository/team/app', true],
    ['*', 'repository/x:y', true],
  ])('%s and %s', (pattern, name, matches) => {
    const arn = `arn:aws:ecr:us-east-1:${home}:`
    const policies = applicable({ identity: { Resource: arn + pattern } })
    expect(decide(request({ resource: arn + name }), policies).allowed).toBe(matches)
  })

  test('a star in an account does not reach into the name of a repository', () => {
    const policies = applicable({ identity: { Resource: 'arn:aws:ecr:us-east-1:*:secret' } })
    const resource = `arn:aws:ecr:us-east-1:${home}:repository/open:secret`
    expect(decide(request({ resource }), policies).allowed).toBe(false)
  })

  test('a variable stands for what the request says, and its stars for themselves', () => {
    const policies = applicable({
      identity: { Resource: `arn:aws:ecr:us-east-1:${home}:repository/\${aws:username}/*` },
    })
    const as = (name: string) =>
      decide(request({ context: new ConditionContext({ 'aws:username': name }) }), policies).allowed
    expect([as('team'), as('te*'), as('other')]).toEqual([true, false, false])
  })
})

describe('whatever the policies', () => {
  const effect = fc.constantFrom('Allow', 'Deny')
  const action = fc.constantFrom('*', 'ecr:*', 'ecr:BatchGetImage', 'ecr:PutImage')
  const resource = fc.constantFrom('*', repository, `${repository}2`)
  const principal = fc.constantFrom('*', { AWS: home }, { AWS: aliceId }, { AWS: abroad })
  const own = fc.array(fc.record({ Effect: effect, Action: action, Resource: resource }), { maxLength: 4 })
  const onResource = fc.array(fc.record({ Effect: effect, Action: action, Principal: principal }), {
    maxLength: 4,
  })
  const caller = fc.constantFrom(alice, builder, stranger)
  const world = fc.record({ own, onResource, caller })

  const outcome = ({ own: mine, onResource: theirs, caller: who }: World) =>
    decide(request({ caller: who }), {
      identity: mine.length === 0 ? [] : [policy('identity', ...mine)],
      resource: theirs.length === 0 ? [] : [policy('resource', ...theirs)],
    }).allowed

  interface World {
    readonly own: readonly StatementText[]
    readonly onResource: readonly StatementText[]
    readonly caller: AccessRequest['caller']
  }

  test('a deny of everything wins', () => {
    fc.assert(
      fc.property(world, (given) => {
        expect(outcome({ ...given, own: [...given.own, { Effect: 'Deny' }] })).toBe(false)
      }),
    )
  })

  test('an allow more never takes access away', () => {
    fc.assert(
      fc.property(world, action, principal, (given, Action, Principal) => {
        fc.pre(outcome(given))
        expect(outcome({ ...given, own: [...given.own, { Action }] })).toBe(true)
        expect(outcome({ ...given, onResource: [{ Action, Principal }, ...given.onResource] })).toBe(true)
      }),
    )
  })

  test('a deny more never gives access', () => {
    fc.assert(
      fc.property(world, action, principal, (given, Action, Principal) => {
        fc.pre(!outcome(given))
        const deny = { Effect: 'Deny', Action }
        expect(outcome({ ...given, own: [deny, ...given.own] })).toBe(false)
        expect(outcome({ ...given, onResource: [{ ...deny, Principal }, ...given.onResource] })).toBe(false)
      }),
    )
  })
})

test.each([
  [{ identity: {} }, undefined],
  [{}, 'because no identity-based policy allows the ecr:PutImage action'],
  [{ identity: { Effect: 'Deny' } }, 'with an explicit deny in an identity-based policy'],
  [{ resource: { Effect: 'Deny', Principal: '*' } }, 'with an explicit deny in a resource-based policy'],
])('a denial says why: %j', (policies, why) => {
  const decision = decide(request(put), applicable(policies))
  const text = decision.allowed
    ? undefined
    : denialText({ arn: aliceArn, ...put, resource: repository }, decision)
  expect(text).toBe(
    why && `User: ${aliceArn} is not authorized to perform: ecr:PutImage on resource: ${repository} ${why}`,
  )
})

function applicable(policies: Omit<Case, 'asked' | 'result'>): ApplicablePolicies {
  const { identity, resource, boundary, session, trust } = policies
  return {
    identity: identity ? [policy('identity', identity)] : [],
    resource: [
      ...(resource ? [policy('resource', resource)] : []),
      ...(trust ? [policy('trust', trust)] : []),
    ],
    boundary: boundary && policy('identity', boundary),
    session: session && [policy('identity', session)],
    resourceMustAllow: trust !== undefined,
  }
}

function short(decision: Decision): string {
  if (decision.allowed) return 'allowed'
  return `${decision.place} ${decision.explicit ? 'denies' : 'missing'}`
}
