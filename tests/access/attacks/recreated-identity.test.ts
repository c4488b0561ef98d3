import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AwsAnswer, Keys } from '../support/aws-requests.ts'
import { elementIn, keysIn, succeed } from '../support/callers.ts'
import { type AttackWorld, allow, arnOf, openAttackWorld, robotHeader } from './attack-world.ts'

// A user made again under an old name: what policies of resources gave to the former one is not the new one's, nor what it could log in with.

let world: AttackWorld
beforeAll(async () => {
  world = await openAttackWorld()
  await make('sns', 'CreateTopic', { Name: 'news' })
  await make('sqs', 'CreateQueue', { QueueName: 'work' })
  await make('events', 'CreateEventBus', { Name: 'orders' })
})
afterAll(() => world[Symbol.asyncDispose]())

const account = '000000000000'
const patiently = { timeout: 30_000, interval: 100 }
const manifest = '/v2/secret/app/manifests/v1'
const TopicArn = `arn:aws:sns:us-east-1:${account}:news`
const bus = `arn:aws:events:us-east-1:${account}:event-bus/orders`
const iamArn = (resource: string) => `arn:aws:iam::${account}:${resource}`

type Input = Readonly<Record<string, unknown>>

const make = (service: string, name: string, input: Input) =>
  succeed(world.aws.call(service, name, input, world.root))

const textOf = (...Statement: readonly object[]) => JSON.stringify({ Version: '2012-10-17', Statement })
const letting = (AWS: string, Action: string, more: object = {}) =>
  textOf({ Effect: 'Allow', Principal: { AWS }, Action, ...more })

/** What hangs on a user or a role goes first. */
async function remove(kind: 'User' | 'Role', name: string, keys?: Keys): Promise<void> {
  const of = { [`${kind}Name`]: name }
  if (keys) await make('iam', 'DeleteAccessKey', { ...of, AccessKeyId: keys.accessKeyId })
  const listed = await make('iam', `List${kind}Policies`, of)
  if (listed.includes('walk')) await make('iam', `Delete${kind}Policy`, { ...of, PolicyName: 'walk' })
  await make('iam', `Delete${kind}`, of)
}

/** A role that its account's users may assume by their own policies, which may log in. */
async function makeRole(RoleName: string): Promise<void> {
  const AssumeRolePolicyDocument = letting(account, 'sts:AssumeRole')
  await make('iam', 'CreateRole', { RoleName, AssumeRolePolicyDocument })
  const PolicyDocument = textOf(allow('ecr:GetAuthorizationToken'))
  await make('iam', 'PutRolePolicy', { RoleName, PolicyName: 'walk', PolicyDocument })
}

async function assume(role: string, by: Keys): Promise<Keys> {
  const input = { RoleArn: iamArn(`role/${role}`), RoleSessionName: 'run' }
  return sessionIn(await succeed(world.aws.call('sts', 'AssumeRole', input, by)))
}

const sessionIn = (xml: string): Keys => ({ ...keysIn(xml), sessionToken: elementIn(xml, 'SessionToken') })

/** A kind of policy that lets somebody in. */
interface Guarded {
  readonly give: (principal: string) => Promise<AwsAnswer>
  readonly shown: () => Promise<string>
  readonly ask: (keys: Keys) => Promise<AwsAnswer>
  /** The error for a principal that doesn't exist. */
  readonly refusal: string
}

const call = (service: string, name: string, input: Input, keys: Keys) =>
  world.aws.call(service, name, input, keys)
const asRoot = (service: string, name: string, input: Input) => call(service, name, input, world.root)

const guarded: Readonly<Record<string, Guarded>> = {
  repository: {
    give: (AWS) =>
      asRoot('ecr', 'SetRepositoryPolicy', {
        repositoryName: 'secret/app',
        policyText: letting(AWS, 'ecr:BatchGetImage'),
      }),
    shown: () => make('ecr', 'GetRepositoryPolicy', { repositoryName: 'secret/app' }),
    ask: (keys) =>
      call('ecr', 'BatchGetImage', { repositoryName: 'secret/app', imageIds: [{ imageTag: 'v1' }] }, keys),
    refusal: "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Principal not found'",
  },
  registry: {
    give: (AWS) =>
      asRoot('ecr', 'PutRegistryPolicy', {
        policyText: letting(AWS, 'ecr:DescribeImages', { Resource: '*' }),
      }),
    shown: () => make('ecr', 'GetRegistryPolicy', {}),
    ask: (keys) => call('ecr', 'DescribeImages', { repositoryName: 'open/app' }, keys),
    refusal: "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Principal not found'",
  },
  topic: {
    give: (AWS) =>
      asRoot('sns', 'SetTopicAttributes', {
        TopicArn,
        AttributeName: 'Policy',
        AttributeValue: letting(AWS, 'SNS:Publish', { Resource: TopicArn }),
      }),
    shown: async () =>
      /<key>Policy<.key><value>([^<]+)/.exec(await make('sns', 'GetTopicAttributes', { TopicArn }))?.[1] ??
      '',
    ask: (keys) => call('sns', 'Publish', { TopicArn, Message: 'hello' }, keys),
    refusal: 'Invalid parameter: Policy Error: PrincipalNotFound',
  },
  queue: {
    give: (AWS) =>
      asRoot('sqs', 'SetQueueAttributes', {
        QueueUrl: queueUrl(),
        Attributes: { Policy: letting(AWS, 'sqs:SendMessage') },
      }),
    shown: () => make('sqs', 'GetQueueAttributes', { QueueUrl: queueUrl(), AttributeNames: ['Policy'] }),
    ask: (keys) => call('sqs', 'SendMessage', { QueueUrl: queueUrl(), MessageBody: 'hello' }, keys),
    refusal: 'Invalid value for the parameter Policy.',
  },
  'event bus': {
    give: (AWS) =>
      asRoot('events', 'PutPermission', {
        EventBusName: 'orders',
        Policy: letting(AWS, 'events:PutEvents', { Resource: bus }),
      }),
    shown: () => make('events', 'DescribeEventBus', { Name: 'orders' }),
    ask: (keys) =>
      call(
        'events',
        'PutEvents',
        { Entries: [{ EventBusName: 'orders', Source: 'a', DetailType: 'b', Detail: '{}' }] },
        keys,
      ),
    refusal: 'Invalid principal in policy',
  },
  role: {
    give: (AWS) =>
      asRoot('iam', 'UpdateAssumeRolePolicy', {
        RoleName: 'guarded',
        PolicyDocument: letting(AWS, 'sts:AssumeRole'),
      }),
    shown: async () =>
      decodeURIComponent(
        elementIn(await make('iam', 'GetRole', { RoleName: 'guarded' }), 'AssumeRolePolicyDocument'),
      ),
    ask: (keys) =>
      call('sts', 'AssumeRole', { RoleArn: iamArn('role/guarded'), RoleSessionName: 'run' }, keys),
    refusal: 'Invalid principal in policy',
  },
}

const queueUrl = () => `${world.berth.url}/${account}/work`

describe.each(Object.entries(guarded))('the policy of a %s', (kind, { give, shown, ask, refusal }) => {
  const name = `ann-${kind.replace(' ', '-')}`
  const withoutRights = (user: string) => world.user(user, allow('ecr:GetAuthorizationToken'))
  const isIn = async (keys: Keys) => (await ask(keys)).code === undefined
  const given = async (principal: string) => expect((await give(principal)).body).not.toContain('Error')

  beforeAll(async () => {
    if (kind === 'role') await makeRole('guarded')
  })

  test('gives nothing to a user made again under an old name, and shows who was meant', async () => {
    const first = await withoutRights(name)
    await given(iamArn(`user/${name}`))
    expect(await isIn(first)).toBe(true)
    expect(await shown()).toContain(iamArn(`user/${name}`))
    await remove('User', name, first)
    expect(await shown()).toMatch(/AIDA[A-Z0-9]{17}/)
    const second = await withoutRights(name)
    expect(await isIn(second)).toBe(false)
    expect(await shown()).not.toContain(name)
    await given(iamArn(`user/${name}`))
    expect(await isIn(second)).toBe(true)
    await remove('User', name, second)
  })

  test('gives nothing to a role made again, nor to its session of an old name', async () => {
    const user = await world.user(`by-${name}`, allow('sts:AssumeRole', iamArn(`role/${name}`)))
    const principals = [iamArn(`role/${name}`), `arn:aws:sts::${account}:assumed-role/${name}/run`]
    for (const principal of principals) {
      await makeRole(name)
      const first = await assume(name, user)
      await given(principal)
      expect(await isIn(first)).toBe(true)
      expect(await shown()).toContain(principal)
      await remove('Role', name)
      expect(await isIn(first)).toBe(false)
      await makeRole(name)
      expect(await isIn(await assume(name, user))).toBe(false)
      expect(await shown()).toMatch(/AROA[A-Z0-9]{17}/)
      await remove('Role', name)
    }
  })

  test('names nobody who is not there', async () => {
    const user = await withoutRights(`there-${name}`)
    const id = elementIn(await make('iam', 'GetUser', { UserName: `there-${name}` }), 'UserId')
    const before = await shown()
    for (const stranger of [
      iamArn('user/nobody'),
      iamArn(`user/path/there-${name}`),
      iamArn('role/nobody'),
      iamArn('group/all'),
      `arn:aws:sts::${account}:assumed-role/nobody/run`,
      'arn:aws:iam::999999999999:user/nobody',
      'AIDA0000000000000NOT',
      `${id}:run`,
    ])
      expect((await give(stranger)).body.replaceAll(/&apos;|&#39;|\\'/g, "'"), stranger).toContain(refusal)
    expect(await shown()).toBe(before)
    await given(id)
    expect(await shown()).toContain(iamArn(`user/there-${name}`))
    expect(await isIn(user)).toBe(true)
    await given('999999999999')
  })
})

describe('a login', () => {
  const pull = (authorization: string) => world.ask(manifest, authorization).then(({ status }) => status)
  const policy = (AWS: string) =>
    make('ecr', 'SetRepositoryPolicy', { repositoryName: 'secret/app', policyText: letting(AWS, 'ecr:*') })

  test("of the former user is not the new one's, whatever it was got as", async () => {
    const first = await world.user('bob', allow('ecr:GetAuthorizationToken'), allow('berth:*'))
    await policy(iamArn('user/bob'))
    const session = sessionIn(await succeed(world.aws.call('sts', 'GetSessionToken', {}, first)))
    const ticket = await succeed(world.aws.call('berth', 'CreateConsoleTicket', {}, first))
    const made = { robotName: 'bobs', actions: ['pull'], repositories: ['*'] }
    const robot = robotHeader(await succeed(world.aws.call('berth', 'CreateRobot', made, first)))
    const layerDigest = world.secret.layers[0]?.digest
    const wanted = { repositoryName: 'secret/app', layerDigest }
    const download = JSON.parse(await succeed(world.aws.call('ecr', 'GetDownloadUrlForLayer', wanted, first)))
    const logins = [await world.login(first), await world.login(session), robot]
    expect(await Promise.all(logins.map(pull))).toEqual([200, 200, 200])
    expect((await fetch(download.downloadUrl)).status).toBe(200)

    await remove('User', 'bob', first)
    await world.user('bob', allow('*'))
    await policy(iamArn('user/bob'))
    await expect.poll(() => Promise.all(logins.map(pull)), patiently).toEqual([401, 401, 403])
    expect((await fetch(download.downloadUrl)).status).toBe(403)
    for (const keys of [first, session])
      expect((await world.aws.call('sts', 'GetCallerIdentity', {}, keys)).code).toBe('InvalidClientTokenId')
    const exchange = { method: 'POST', headers: { 'content-type': 'application/json' }, body: ticket }
    expect((await world.ask('/console/session', undefined, exchange)).status).toBe(403)
  })

  test("of a former role's session is not the new role's, and a robot that it made neither", async () => {
    const user = await world.user('bobs-user', allow('sts:AssumeRole'))
    await makeRole('builder')
    const PolicyDocument = textOf(allow(['ecr:GetAuthorizationToken', 'berth:CreateRobot']))
    await make('iam', 'PutRolePolicy', { RoleName: 'builder', PolicyName: 'walk', PolicyDocument })
    await policy(iamArn('role/builder'))
    const session = await assume('builder', user)
    const wanted = { robotName: 'builders', actions: ['pull'], repositories: ['*'] }
    const robot = robotHeader(await succeed(world.aws.call('berth', 'CreateRobot', wanted, session)))
    const logins = [await world.login(session), robot]
    expect(await Promise.all(logins.map(pull))).toEqual([200, 200])
    await remove('Role', 'builder')
    await makeRole('builder')
    await policy(iamArn('role/builder'))
    await expect.poll(() => Promise.all(logins.map(pull)), patiently).toEqual([401, 403])
    expect((await world.aws.call('sts', 'GetCallerIdentity', {}, session)).code).toBe('InvalidClientTokenId')
    expect(await pull(await world.login(await assume('builder', user)))).toBe(200)
  })

  test('through docker ends with the user whom the repository named, and follows one who is renamed', async () => {
    const first = await world.user('carl', allow('ecr:GetAuthorizationToken'))
    await policy(iamArn('user/carl'))
    expect(await pull(await world.login(first))).toBe(200)
    await make('iam', 'UpdateUser', { UserName: 'carl', NewUserName: 'carla', NewPath: '/team/' })
    expect(await pull(await world.login(first))).toBe(200)
    expect(await make('ecr', 'GetRepositoryPolicy', { repositoryName: 'secret/app' })).toContain(
      iamArn('user/team/carla'),
    )
    expect(await pull(await world.login(await world.user('carl', allow('ecr:GetAuthorizationToken'))))).toBe(
      403,
    )
  })
})

test('a template gives nothing to a user made again, in repositories that are made by it', async () => {
  const first = await world.user('dora', allow('ecr:GetAuthorizationToken'))
  const template = {
    prefix: 'made',
    appliedFor: ['CREATE_ON_PUSH'],
    repositoryPolicy: letting(iamArn('user/dora'), 'ecr:ListImages'),
  }
  expect(await make('ecr', 'CreateRepositoryCreationTemplate', template)).toContain('user/dora')
  await remove('User', 'dora', first)
  const second = await world.user('dora', allow('ecr:GetAuthorizationToken'))
  await world.berth.pushRandomImage('made/app', 'v1')
  expect(await make('ecr', 'DescribeRepositoryCreationTemplates', {})).toMatch(/AIDA[A-Z0-9]{17}/)
  expect(await make('ecr', 'GetRepositoryPolicy', { repositoryName: 'made/app' })).toMatch(/AIDA[A-Z0-9]{17}/)
  const asked = await call('ecr', 'ListImages', { repositoryName: 'made/app' }, second)
  expect(asked.body).toContain(
    `is not authorized to perform: ecr:ListImages on resource: ${arnOf('made/app')}`,
  )
})

test('statements that are added to a policy and taken from it leave those alone that name somebody who is gone', async () => {
  const user = await world.user('eve')
  const letsEve = { Principal: { AWS: iamArn('user/eve') }, Sid: 'eve', Effect: 'Allow' }
  const AttributeValue = textOf({ ...letsEve, Action: 'SNS:Publish', Resource: TopicArn })
  await make('sns', 'SetTopicAttributes', { TopicArn, AttributeName: 'Policy', AttributeValue })
  const Policy = textOf({ ...letsEve, Action: 'sqs:SendMessage' })
  await make('sqs', 'SetQueueAttributes', { QueueUrl: queueUrl(), Attributes: { Policy } })
  await remove('User', 'eve', user)
  await world.user('eve')
  const accounts = ['111122223333']
  const label = { Label: 'others' }
  await make('sns', 'AddPermission', { TopicArn, ...label, AWSAccountId: accounts, ActionName: ['Publish'] })
  await make('sqs', 'AddPermission', {
    QueueUrl: queueUrl(),
    ...label,
    AWSAccountIds: accounts,
    Actions: ['SendMessage'],
  })
  for (const kind of ['topic', 'queue']) {
    const shown = await guarded[kind]?.shown()
    expect(shown).toMatch(/AIDA[A-Z0-9]{17}/)
    expect(shown).toContain('arn:aws:iam::111122223333:root')
    expect(shown).not.toContain('user/eve')
  }
  await make('sns', 'RemovePermission', { TopicArn, ...label })
  await make('sqs', 'RemovePermission', { QueueUrl: queueUrl(), ...label })
  for (const kind of ['topic', 'queue']) {
    const shown = await guarded[kind]?.shown()
    expect(shown).toMatch(/AIDA[A-Z0-9]{17}/)
    expect(shown).not.toContain('111122223333')
  }
})
