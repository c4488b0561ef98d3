import { DescribeImagesCommand, DescribeRepositoriesCommand, ListImagesCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askQuery, type Parameters, type QueryAnswer, type QueryKey } from '../support/ask-query.ts'
import { basic } from '../support/registry-login.ts'
import { type Caller, type LocalBerth, startBerth } from '../support/start-berth.ts'

let berth: LocalBerth
let root: QueryKey
let dev: QueryKey
const account = '000000000000'

beforeAll(async () => {
  berth = await startBerth()
  const { rootAccessKey: AccessKeyId, rootSecretKey: SecretAccessKey } = berth.secrets
  root = { AccessKeyId, SecretAccessKey }
  await iam('CreateUser', { UserName: 'dev', Tags: [{ Key: 'team', Value: 'web' }] })
  dev = await newKey('dev')
  await allow('dev', { Action: ['ecr:*', 'sts:*', 'iam:*'] })
  await berth.createRepository('web/app', { tags: [{ Key: 'team', Value: 'web' }] })
  await berth.createRepository('api/app', { tags: [{ Key: 'team', Value: 'api' }] })
})
afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

const iamAs = (key: QueryKey, action: string, parameters: Parameters = {}) =>
  askQuery(berth, key, ['iam', action, parameters])
const sts = (key: QueryKey, action: string, parameters: Parameters = {}) =>
  askQuery(berth, key, ['sts', action, parameters])

/** By the root; nothing may go wrong. */
async function iam(action: string, parameters?: Parameters) {
  return resultOf(await iamAs(root, action, parameters))
}

function resultOf({ code, message, result }: QueryAnswer) {
  expect([code, message]).toEqual(['Success', ''])
  return result
}

async function newKey(UserName: string): Promise<QueryKey> {
  return (await iam('CreateAccessKey', { UserName })).AccessKey
}

async function begin(key: QueryKey, action: string, parameters?: Parameters): Promise<QueryKey> {
  return resultOf(await sts(key, action, parameters)).Credentials
}

const policyOf = (...statements: readonly object[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  })

async function allow(UserName: string, statement: object): Promise<void> {
  const PolicyDocument = policyOf({ Resource: '*', ...statement })
  await iam('PutUserPolicy', { UserName, PolicyName: 'may', PolicyDocument })
}

async function makeRole(RoleName: string, trust: object, rights: object): Promise<string> {
  const { Role } = await iam('CreateRole', { RoleName, AssumeRolePolicyDocument: policyOf(trust) })
  const PolicyDocument = policyOf({ Resource: '*', ...rights })
  await iam('PutRolePolicy', { RoleName, PolicyName: 'may', PolicyDocument })
  return Role.Arn
}

function keysOf({ AccessKeyId, SecretAccessKey, SessionToken }: QueryKey): Caller {
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken !== undefined && { sessionToken: SessionToken }),
  }
}

const clientOf = (key: QueryKey) => berth.clientOf(keysOf(key))

/** What a key may not do, and why; empty where it may. */
async function denial(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => '',
    ({ message }: Error) => message,
  )
}

const describeImages = (key: QueryKey, repositoryName: string) =>
  denial(clientOf(key).send(new DescribeImagesCommand({ repositoryName })))
const listImages = (key: QueryKey) =>
  denial(clientOf(key).send(new ListImagesCommand({ repositoryName: 'web/app' })))
const describeRepositories = (key: QueryKey) =>
  denial(clientOf(key).send(new DescribeRepositoriesCommand({})))

describe('a session of a role', () => {
  const trust = {
    Principal: { AWS: account },
    Action: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
  }

  test('may what its tags and its policies say, and hands both on', async () => {
    const first = await makeRole('by-tag', trust, { Action: ['ecr:*', 'sts:*'] })
    const sameTeam = { StringEquals: { 'aws:ResourceTag/team': `\${aws:PrincipalTag/team}` } }
    const ofAnn = { StringEquals: { 'aws:SourceIdentity': 'ann' } }
    const second = await makeRole('chained', trust, {
      Action: ['ecr:*', 'sts:*'],
      Condition: { StringEquals: { ...sameTeam.StringEquals, ...ofAnn.StringEquals } },
    })
    const begun = await sts(dev, 'AssumeRole', {
      RoleSessionName: 'run1',
      RoleArn: first,
      Tags: [{ Key: 'team', Value: 'web' }],
      TransitiveTagKeys: ['team'],
      SourceIdentity: 'ann',
    })
    expect(begun.result).toMatchObject({ SourceIdentity: 'ann', PackedPolicySize: expect.any(Number) })
    const session = begun.result.Credentials
    const chain = { RoleSessionName: 'run2', RoleArn: second }
    const tooLong = await sts(session, 'AssumeRole', { ...chain, DurationSeconds: 3601 })
    expect(tooLong).toMatchObject({ code: 'ValidationError' })
    const retagged = await sts(session, 'AssumeRole', { ...chain, Tags: [{ Key: 'Team', Value: 'api' }] })
    expect(retagged.message).toContain('conflicts with a transitive tag key from the calling session')
    const chained = await begin(session, 'AssumeRole', chain)
    expect(await describeImages(chained, 'web/app')).toBe('')
    expect(await describeImages(chained, 'api/app')).toContain('no identity-based policy')
  })

  test('needs the right to be tagged and to have a source identity', async () => {
    const RoleArn = await makeRole('plain', { ...trust, Action: 'sts:AssumeRole' }, { Action: 'ecr:*' })
    const assume = { RoleSessionName: 'run1', RoleArn }
    await begin(dev, 'AssumeRole', assume)
    const tagged = await sts(dev, 'AssumeRole', { ...assume, Tags: [{ Key: 'a', Value: 'b' }] })
    expect(tagged.message).toContain('not authorized to perform: sts:TagSession')
    const named = await sts(dev, 'AssumeRole', { ...assume, SourceIdentity: 'ann' })
    expect(named.message).toContain('not authorized to perform: sts:SetSourceIdentity')
    const byRoot = await sts(root, 'AssumeRole', assume)
    expect(byRoot.message).toBe('Roles may not be assumed by root accounts.')
  })

  test('needs the external id that the trust policy asks for, and can do no more than its session policy', async () => {
    const Condition = { StringEquals: { 'sts:ExternalId': 'x-1' } }
    const RoleArn = await makeRole('partner', { ...trust, Condition }, { Action: 'ecr:*' })
    const assume = { RoleSessionName: 'run1', RoleArn }
    expect(await sts(dev, 'AssumeRole', assume)).toMatchObject({
      code: 'AccessDenied',
      message: `User: arn:aws:iam::${account}:user/dev is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    })
    const Policy = policyOf({ Action: 'ecr:DescribeRepositories', Resource: '*' })
    const session = await begin(dev, 'AssumeRole', { ...assume, ExternalId: 'x-1', Policy })
    expect(await describeRepositories(session)).toBe('')
    expect(await describeImages(session, 'web/app')).toContain('no session policy')
  })
})

describe('credentials that end', () => {
  const whoIs = async (key: QueryKey) => (await sts(key, 'GetCallerIdentity')).result?.Arn

  test("are worth what a user's or the root's own are, and end with the key", async () => {
    const own = await newKey('dev')
    const session = await begin(own, 'GetSessionToken', { DurationSeconds: 900 })
    expect(await whoIs(session)).toBe(`arn:aws:iam::${account}:user/dev`)
    expect(await describeImages(session, 'web/app')).toBe('')
    expect((await sts(session, 'GetSessionToken')).message).toContain('with session credentials')
    await iam('DeleteAccessKey', { UserName: 'dev', AccessKeyId: own.AccessKeyId })
    expect((await sts(session, 'GetCallerIdentity')).code).toBe('InvalidClientTokenId')
    const ofRoot = await begin(root, 'GetSessionToken')
    expect(await whoIs(ofRoot)).toBe(`arn:aws:iam::${account}:root`)
    expect(await describeImages(ofRoot, 'web/app')).toBe('')
  })

  test('of a federated user reach as far as the policy that they were given with', async () => {
    const bare = await begin(dev, 'GetFederationToken', { Name: 'guest' })
    expect(await whoIs(bare)).toBe(`arn:aws:sts::${account}:federated-user/guest`)
    expect(await describeImages(bare, 'web/app')).toContain('no identity-based policy')
    const Policy = policyOf({ Action: 'ecr:DescribeImages', Resource: '*' })
    for (const by of [dev, root]) {
      const guest = await begin(by, 'GetFederationToken', { Name: 'guest', Policy })
      expect(await describeImages(guest, 'web/app')).toBe('')
      expect(await describeRepositories(guest)).toMatch(/no (session|identity-based) policy/)
    }
  })

  test('can be told from those that last', async () => {
    const ending = { Null: { 'aws:TokenIssueTime': 'false' } }
    const PolicyDocument = policyOf({ Effect: 'Deny', Action: 'ecr:*', Resource: '*', Condition: ending })
    await iam('PutUserPolicy', { UserName: 'dev', PolicyName: 'lasting', PolicyDocument })
    const session = await begin(dev, 'GetSessionToken')
    expect(await describeImages(session, 'web/app')).toContain('with an explicit deny')
    expect(await describeImages(dev, 'web/app')).toBe('')
    await iam('DeleteUserPolicy', { UserName: 'dev', PolicyName: 'lasting' })
  })
})

test('a permissions boundary holds its user, and whoever may only make users within it', async () => {
  const PolicyArn = `arn:aws:iam::${account}:policy/edge`
  const inside = policyOf({ Action: ['ecr:Describe*', 'iam:*'], Resource: '*' })
  await iam('CreatePolicy', { PolicyName: 'edge', PolicyDocument: inside })
  await iam('PutUserPermissionsBoundary', { UserName: 'dev', PermissionsBoundary: PolicyArn })
  expect((await iam('GetUser', { UserName: 'dev' })).User.PermissionsBoundary).toEqual({
    PermissionsBoundaryType: 'Policy',
    PermissionsBoundaryArn: PolicyArn,
  })
  expect(await describeImages(dev, 'web/app')).toBe('')
  expect(await listImages(dev)).toContain('because no permissions boundary allows the ecr:ListImages action')
  expect(await iamAs(root, 'DeletePolicy', { PolicyArn })).toMatchObject({ code: 'DeleteConflict' })
  expect((await iam('GetPolicy', { PolicyArn })).Policy.PermissionsBoundaryUsageCount).toBe(1)
  const Condition = { StringEquals: { 'iam:PermissionsBoundary': PolicyArn } }
  await allow('dev', { Action: 'iam:CreateUser', Condition })
  expect(await iamAs(dev, 'CreateUser', { UserName: 'free' })).toMatchObject({ code: 'AccessDenied' })
  resultOf(await iamAs(dev, 'CreateUser', { UserName: 'held', PermissionsBoundary: PolicyArn }))
  await iam('DeleteUserPermissionsBoundary', { UserName: 'dev' })
  await allow('dev', { Action: ['ecr:*', 'sts:*', 'iam:*'] })
  expect(await listImages(dev)).toBe('')
})

test('a key tells when it was last used, and for what', async () => {
  await iam('CreateUser', { UserName: 'idle' })
  const idle = await newKey('idle')
  const { AccessKeyId } = idle
  const lastUse = () => iam('GetAccessKeyLastUsed', { AccessKeyId })
  const never = { ServiceName: 'N/A', Region: 'N/A' }
  expect(await lastUse()).toMatchObject({ UserName: 'idle', AccessKeyLastUsed: never })
  await describeRepositories(idle)
  expect((await lastUse()).AccessKeyLastUsed).toMatchObject({
    ServiceName: 'ecr',
    Region: 'us-east-1',
    LastUsedDate: expect.any(Number),
  })
})

test('a role tells when and where a session of it last asked for something, at either door', async () => {
  const trust = { Principal: { AWS: account }, Action: 'sts:AssumeRole' }
  const RoleArn = await makeRole('used', trust, { Action: 'ecr:GetAuthorizationToken' })
  const seen = async () => {
    const { RoleDetailList } = await iam('GetAccountAuthorizationDetails', { Filter: ['Role'] })
    const { RoleLastUsed } = RoleDetailList.find(({ RoleName }: { RoleName: string }) => RoleName === 'used')
    expect((await iam('GetRole', { RoleName: 'used' })).Role.RoleLastUsed).toEqual(RoleLastUsed)
    return RoleLastUsed
  }
  const session = await begin(dev, 'AssumeRole', { RoleSessionName: 'run', RoleArn })
  expect(await seen()).toEqual({})
  const begun = Math.floor(Date.now() / 1000)
  const elsewhere = { ...keysOf(session), region: 'eu-west-1' }
  const authorization = basic(await berth.password(elsewhere))
  expect(await seen()).toMatchObject({ Region: 'eu-west-1' })
  resultOf(await sts(session, 'GetCallerIdentity'))
  expect((await seen()).LastUsedDate).toBeGreaterThanOrEqual(begun)
  expect(await seen()).toMatchObject({ Region: 'us-east-1' })
  const manifest = new URL('/v2/web/app/manifests/v1', berth.url)
  expect((await fetch(manifest, { headers: { authorization } })).status).toBe(403)
  expect(await seen()).toMatchObject({ Region: 'eu-west-1' })
  for (const listed of (await iam('ListRoles')).Roles) expect(listed).not.toHaveProperty('RoleLastUsed')
})

test('an account has one alias, and no other account the same', async () => {
  const aliases = async () => (await iam('ListAccountAliases')).AccountAliases
  await iam('CreateAccountAlias', { AccountAlias: 'our-team' })
  await iam('CreateAccountAlias', { AccountAlias: 'our-team-2' })
  expect(await aliases()).toEqual(['our-team-2'])
  await iam('DeleteAccountAlias', { AccountAlias: 'our-team-2' })
  expect(await aliases()).toEqual([])
  const again = await iamAs(root, 'DeleteAccountAlias', { AccountAlias: 'our-team' })
  expect(again.code).toBe('NoSuchEntity')
})

test('listings come in pages, and each policy of AWS once', async () => {
  const arns: string[] = []
  let Marker: string | undefined
  do {
    const page = await iam('ListPolicies', { Scope: 'AWS', MaxItems: 7, ...(Marker && { Marker }) })
    expect(page.Policies.length).toBeLessThanOrEqual(7)
    arns.push(...page.Policies.map(({ Arn }: { readonly Arn: string }) => Arn))
    Marker = page.Marker
  } while (Marker !== undefined)
  expect(new Set(arns).size).toBe(arns.length)
  expect(arns).toContain('arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy')
  expect((await iamAs(root, 'ListUsers', { Marker: 'bogus' })).code).toBe('ValidationError')
})

test('one listing tells of everybody and all that hangs on them, in pages', async () => {
  const found: string[] = []
  let Marker: string | undefined
  do {
    const page = await iam('GetAccountAuthorizationDetails', { MaxItems: 2, ...(Marker && { Marker }) })
    const { UserDetailList, GroupDetailList, RoleDetailList, Policies } = page
    const all = [...GroupDetailList, ...RoleDetailList, ...UserDetailList, ...Policies]
    expect(all.length).toBeLessThanOrEqual(2)
    found.push(...all.map(({ Arn }: { readonly Arn: string }) => Arn))
    Marker = page.Marker
  } while (Marker !== undefined)
  expect(new Set(found).size).toBe(found.length)
  expect(found).toEqual(
    expect.arrayContaining([
      `arn:aws:iam::${account}:user/dev`,
      `arn:aws:iam::${account}:role/by-tag`,
      `arn:aws:iam::${account}:policy/edge`,
    ]),
  )
  const { UserDetailList } = await iam('GetAccountAuthorizationDetails', { Filter: ['User'] })
  expect(UserDetailList).toContainEqual(
    expect.objectContaining({
      UserName: 'dev',
      UserPolicyList: [expect.objectContaining({ PolicyName: 'may' })],
      AttachedManagedPolicies: [],
      GroupList: [],
    }),
  )
})

test('asking who one is can be forbidden to nobody', async () => {
  await iam('CreateUser', { UserName: 'nobody' })
  await allow('nobody', { Effect: 'Deny', Action: 'sts:*' })
  const { result } = await sts(await newKey('nobody'), 'GetCallerIdentity')
  expect(result.Arn).toBe(`arn:aws:iam::${account}:user/nobody`)
})

test("a service's own role is made and unmade as a whole", async () => {
  const { Role } = await iam('CreateServiceLinkedRole', { AWSServiceName: 'ecs.amazonaws.com' })
  expect(Role).toMatchObject({
    RoleName: 'AWSServiceRoleForECS',
    Path: '/aws-service-role/ecs.amazonaws.com/',
  })
  const { RoleName } = Role
  expect((await iamAs(root, 'DeleteRole', { RoleName })).code).toBe('UnmodifiableEntity')
  const { DeletionTaskId } = await iam('DeleteServiceLinkedRole', { RoleName })
  expect(await iam('GetServiceLinkedRoleDeletionStatus', { DeletionTaskId })).toEqual({ Status: 'SUCCEEDED' })
  expect((await iamAs(root, 'GetRole', { RoleName })).code).toBe('NoSuchEntity')
})

describe('the simulator', () => {
  test('decides as requests are decided, and says by which statement', async () => {
    const { EvaluationResults } = await iam('SimulatePrincipalPolicy', {
      PolicySourceArn: `arn:aws:iam::${account}:user/dev`,
      ActionNames: ['ecr:ListImages', 'ecs:RunTask'],
    })
    expect(EvaluationResults).toMatchObject([
      {
        EvalActionName: 'ecr:ListImages',
        EvalResourceName: '*',
        EvalDecision: 'allowed',
        MatchedStatements: [
          { SourcePolicyId: 'may', SourcePolicyType: 'user', StartPosition: { Line: 1, Column: 38 } },
        ],
        MissingContextValues: [],
      },
      { EvalActionName: 'ecs:RunTask', EvalDecision: 'implicitDeny', MatchedStatements: [] },
    ])
  })

  test('asks for what it would have to know, and takes it', async () => {
    const Condition = { StringEquals: { 'aws:RequestTag/team': 'web' } }
    const PolicyInputList = [policyOf({ Action: 'ecr:CreateRepository', Resource: '*', Condition })]
    const asked = { PolicyInputList, ActionNames: ['ecr:CreateRepository'] }
    const without = await iam('SimulateCustomPolicy', asked)
    expect(without.EvaluationResults).toMatchObject([
      { EvalDecision: 'implicitDeny', MissingContextValues: ['aws:RequestTag/team'] },
    ])
    const entry = {
      ContextKeyName: 'aws:RequestTag/team',
      ContextKeyValues: ['web'],
      ContextKeyType: 'string',
    }
    const given = await iam('SimulateCustomPolicy', { ...asked, ContextEntries: [entry] })
    expect(given.EvaluationResults).toMatchObject([{ EvalDecision: 'allowed', MissingContextValues: [] }])
    expect(await iam('GetContextKeysForCustomPolicy', { PolicyInputList })).toEqual({
      ContextKeyNames: ['aws:RequestTag/team'],
    })
  })

  test('knows boundaries and policies of resources', async () => {
    const resource = `arn:aws:ecr:us-east-1:${account}:repository/web/app`
    const asked = {
      PolicyInputList: [policyOf({ Action: 'ecr:*', Resource: '*' })],
      ActionNames: ['ecr:PutImage', 'ecr:BatchGetImage'],
      ResourceArns: [resource],
      MaxItems: 1,
    }
    const first = await iam('SimulateCustomPolicy', {
      ...asked,
      PermissionsBoundaryPolicyInputList: [policyOf({ Action: 'ecr:Get*', Resource: '*' })],
    })
    expect(first).toMatchObject({ IsTruncated: true, Marker: expect.any(String) })
    expect(first.EvaluationResults).toMatchObject([
      {
        EvalActionName: 'ecr:PutImage',
        EvalDecision: 'implicitDeny',
        PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
        ResourceSpecificResults: [{ EvalResourceName: resource, EvalResourceDecision: 'implicitDeny' }],
      },
    ])
    const ResourcePolicy = policyOf({ Effect: 'Deny', Principal: '*', Action: 'ecr:PutImage' })
    const CallerArn = `arn:aws:iam::${account}:user/dev`
    const denied = await iam('SimulateCustomPolicy', { ...asked, ResourcePolicy, CallerArn })
    expect(denied.EvaluationResults).toMatchObject([
      { EvalDecision: 'explicitDeny', MatchedStatements: [{ SourcePolicyType: 'resource' }] },
    ])
  })
})
