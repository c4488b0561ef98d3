import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadModels } from '../../src/protocols/aws/model/testing/loaded-models.ts'
import type { Keys } from './support/aws-requests.ts'
import { type AwsCaller, elementIn, keysIn, makeUser, others, succeed } from './support/callers.ts'
import { openTwoAccounts, type TwoAccounts } from './support/two-accounts.ts'

// What another account has in IAM is there, and its ARN is known: nobody learns or changes anything by it.

const policyArn = `arn:aws:iam::${others}:policy/theirs`
const userArn = `arn:aws:iam::${others}:user/theirs`
const roleArn = `arn:aws:iam::${others}:role/theirs`
const issuerArn = `arn:aws:iam::${others}:oidc-provider/issuer.example.com`
const document = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const everything = { Effect: 'Allow', Action: '*', Resource: '*' }
const trust = document({ Effect: 'Allow', Principal: { AWS: others }, Action: 'sts:AssumeRole' })
const ours = { UserName: 'ours', RoleName: 'ours', GroupName: 'ours' }
const tag = { Tags: [{ Key: 'by', Value: 'us' }] }

type Row = readonly [operation: string, input: Readonly<Record<string, unknown>>, code: string]

const onPolicy = (operation: string, more: object = {}): Row => [
  operation,
  { PolicyArn: policyArn, ...more },
  'AccessDenied',
]
const onIssuer = (operation: string, more: object = {}): Row => [
  operation,
  { OpenIDConnectProviderArn: issuerArn, ...more },
  'AccessDenied',
]

/** Each operation of IAM and STS that takes an ARN, and what it answers to one of another account's. */
const rows: readonly Row[] = [
  onPolicy('GetPolicy'),
  onPolicy('GetPolicyVersion', { VersionId: 'v1' }),
  onPolicy('ListPolicyVersions'),
  onPolicy('ListPolicyTags'),
  onPolicy('ListEntitiesForPolicy'),
  onPolicy('CreatePolicyVersion', { PolicyDocument: document(everything), SetAsDefault: true }),
  onPolicy('SetDefaultPolicyVersion', { VersionId: 'v1' }),
  onPolicy('DeletePolicyVersion', { VersionId: 'v1' }),
  onPolicy('DeletePolicy'),
  onPolicy('TagPolicy', tag),
  onPolicy('UntagPolicy', { TagKeys: ['of'] }),
  ...['User', 'Role', 'Group'].flatMap((noun): Row[] => [
    [`Attach${noun}Policy`, { ...named(noun), PolicyArn: policyArn }, 'NoSuchEntity'],
    [`Detach${noun}Policy`, { ...named(noun), PolicyArn: policyArn }, 'NoSuchEntity'],
  ]),
  ...['User', 'Role'].flatMap((noun): Row[] => [
    [`Put${noun}PermissionsBoundary`, { ...named(noun), PermissionsBoundary: policyArn }, 'NoSuchEntity'],
  ]),
  ['CreateUser', { UserName: 'new', PermissionsBoundary: policyArn }, 'NoSuchEntity'],
  [
    'CreateRole',
    { RoleName: 'new', AssumeRolePolicyDocument: trust, PermissionsBoundary: policyArn },
    'NoSuchEntity',
  ],
  ['SimulatePrincipalPolicy', { PolicySourceArn: userArn, ActionNames: ['ecr:PutImage'] }, 'AccessDenied'],
  [
    'SimulateCustomPolicy',
    { PolicyInputList: [document(everything)], ActionNames: ['ecr:PutImage'], CallerArn: userArn },
    'InvalidInput',
  ],
  ['GetContextKeysForPrincipalPolicy', { PolicySourceArn: userArn }, 'AccessDenied'],
  onIssuer('GetOpenIDConnectProvider'),
  onIssuer('ListOpenIDConnectProviderTags'),
  onIssuer('DeleteOpenIDConnectProvider'),
  onIssuer('AddClientIDToOpenIDConnectProvider', { ClientID: 'us' }),
  onIssuer('RemoveClientIDFromOpenIDConnectProvider', { ClientID: 'them' }),
  onIssuer('UpdateOpenIDConnectProviderThumbprint', { ThumbprintList: ['a'.repeat(40)] }),
  onIssuer('TagOpenIDConnectProvider', tag),
  onIssuer('UntagOpenIDConnectProvider', { TagKeys: ['of'] }),
  ['AssumeRole', { RoleArn: roleArn, RoleSessionName: 'us' }, 'AccessDenied'],
  ['GetFederationToken', { Name: 'us', PolicyArns: [{ arn: policyArn }] }, 'MalformedPolicyDocument'],
]

/** Judged by a token alone, whoever asks; or not offered. */
const elsewhere = new Set(['AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML', 'AssumeRoot'])

function named(noun: string): object {
  const member = `${noun}Name` as keyof typeof ours
  return { [member]: ours[member] }
}

let world: TwoAccounts
let aws: AwsCaller
let root: Keys
let admin: Keys
let theirs: Keys
/** A key of the other account's user. */
let theirUser: Keys

const serviceOf = (operation: string) => (/^AssumeRole|^GetFederation/.test(operation) ? 'sts' : 'iam')
const ask = (operation: string, input: Row[1], keys: Keys) =>
  aws.call(serviceOf(operation), operation, input, keys)

beforeAll(async () => {
  world = await openTwoAccounts()
  ;({ aws, root, theirs } = world)
  admin = await makeUser(aws, root, 'ours', [everything])
  const AssumeRolePolicyDocument = trust
  const made: readonly (readonly [string, Row[1], Keys])[] = [
    ['CreateRole', { RoleName: 'ours', AssumeRolePolicyDocument }, root],
    ['CreateGroup', { GroupName: 'ours' }, root],
    ['CreatePolicy', { PolicyName: 'theirs', PolicyDocument: document(everything), Tags: tagged }, theirs],
    [
      'CreatePolicyVersion',
      { PolicyArn: policyArn, PolicyDocument: document(everything), SetAsDefault: true },
      theirs,
    ],
    ['CreateUser', { UserName: 'theirs', Tags: tagged }, theirs],
    ['AttachUserPolicy', { UserName: 'theirs', PolicyArn: policyArn }, theirs],
    ['CreateRole', { RoleName: 'theirs', AssumeRolePolicyDocument }, theirs],
    [
      'CreateOpenIDConnectProvider',
      { Url: 'https://issuer.example.com', ClientIDList: ['them'], Tags: tagged },
      theirs,
    ],
  ]
  for (const [operation, input, keys] of made) await succeed(ask(operation, input, keys))
  theirUser = keysIn(await succeed(ask('CreateAccessKey', { UserName: 'theirs' }, theirs)))
})
afterAll(() => world[Symbol.asyncDispose]())

const tagged = [{ Key: 'of', Value: 'them' }]

/** All that the other account has in IAM, the ids of requests aside. */
async function theirState(): Promise<string> {
  const bodies = await Promise.all([
    succeed(ask('GetAccountAuthorizationDetails', {}, theirs)),
    succeed(ask('GetOpenIDConnectProvider', { OpenIDConnectProviderArn: issuerArn }, theirs)),
    succeed(ask('ListPolicyTags', { PolicyArn: policyArn }, theirs)),
    succeed(ask('ListAccessKeys', { UserName: 'theirs' }, theirs)),
  ])
  return bodies.join('\n').replaceAll(/<RequestId>[^<]+/g, '')
}

test('every operation that takes the ARN of something in IAM is in the table', () => {
  const models = loadModels()
  const takeArns = ['iam', 'sts'].flatMap((service) =>
    [...(models.get(service)?.operations.values() ?? [])].filter(({ input }) =>
      [...input.members.keys()].some((name) => /Arns?$|PermissionsBoundary$/.test(name)),
    ),
  )
  const known = new Set(rows.map(([operation]) => operation))
  expect(takeArns.map(({ name }) => name).filter((name) => !known.has(name) && !elsewhere.has(name))).toEqual(
    [],
  )
})

test("another account's ARN is refused to an administrator and to the root, and to nobody differently where it isn't there", async () => {
  const before = await theirState()
  const wrong: string[] = []
  for (const [operation, input, wanted] of rows) {
    const absent = JSON.parse(
      JSON.stringify(input).replaceAll('/theirs', '/nobody').replace('issuer.', 'nowhere.'),
    )
    for (const [who, keys] of Object.entries({ admin, root })) {
      const { code, body } = await ask(operation, input, keys)
      if (code !== wanted) wrong.push(`${operation} by ${who}: ${code}, not ${wanted}: ${body}`)
      const other = await ask(operation, absent, keys)
      if (other.code !== wanted) wrong.push(`${operation} of what is absent by ${who}: ${other.code}`)
    }
  }
  expect(wrong).toEqual([])
  expect(await theirState()).toBe(before)
})

test("another account's keys are nobody's to ask for, stop or delete", async () => {
  const { accessKeyId: AccessKeyId } = theirUser
  const before = await theirState()
  for (const [operation, more] of [
    ['GetAccessKeyLastUsed', {}],
    ['UpdateAccessKey', { UserName: 'ours', Status: 'Inactive' }],
    ['DeleteAccessKey', { UserName: 'ours' }],
  ] as const)
    expect((await ask(operation, { AccessKeyId, ...more }, admin)).code, operation).toBe('NoSuchEntity')
  expect(await theirState()).toBe(before)
  expect(elementIn((await aws.call('sts', 'GetCallerIdentity', {}, theirUser)).body, 'Arn')).toBe(userArn)
})

test('a service is given no role of another account', async () => {
  const container = { name: 'app', image: 'app', memory: 64 }
  const family = { family: 'app', containerDefinitions: [container] }
  const EcsParameters = { TaskDefinitionArn: `arn:aws:ecs:us-east-1:${others}:task-definition/app` }
  const Arn = `arn:aws:ecs:us-east-1:${others}:cluster/default`
  const passing: readonly (readonly [string, string, Row[1]])[] = [
    ['events', 'PutRule', { Name: 'walk', EventPattern: '{"source":["a"]}', RoleArn: roleArn }],
    ['events', 'PutTargets', { Rule: 'walk', Targets: [{ Id: '1', Arn, RoleArn: roleArn, EcsParameters }] }],
    ['ecs', 'RegisterTaskDefinition', { ...family, taskRoleArn: roleArn }],
    ['ecs', 'RegisterTaskDefinition', { ...family, executionRoleArn: roleArn }],
  ]
  await succeed(aws.call('events', 'PutRule', { Name: 'walk', EventPattern: '{"source":["a"]}' }, root))
  for (const [service, operation, input] of passing)
    for (const keys of [admin, root]) {
      const { code, body } = await aws.call(service, operation, input, keys)
      expect([code, body], operation).toEqual([
        expect.stringMatching(/^AccessDenied/),
        expect.stringContaining('no resource-based policy allows the iam:PassRole action'),
      ])
    }
})
