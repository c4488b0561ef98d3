import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaults } from '../../tests/support/start-berth.ts'
import { Accounts } from '../access/accounts/accounts.ts'
import type { Iam } from '../access/iam/iam.ts'
import { StoredIdentities } from '../access/iam/stored-identities.ts'
import type { Permission } from '../access/permission.ts'
import { RobotLogins } from '../access/robots/robot-logins.ts'
import { Robots } from '../access/robots/robots.ts'
import { StoredAccessKeys } from '../access/stored-access-keys.ts'
import { openUses } from '../access/uses.ts'
import { Vault } from '../access/vault.ts'
import type { WebIdentity } from '../core/iam/web-identity.ts'
import { parseRegion } from '../core/names/region.ts'
import type { Messaging } from '../messaging/messaging.ts'
import { openMessaging } from '../open-messaging.ts'
import { loadModels } from '../protocols/aws/model/testing/loaded-models.ts'
import { localSigner } from '../signer/local-signer.ts'
import type { BerthContext } from './berth/berth-context.ts'
import { berthService } from './berth/berth-service.ts'
import { ecrService } from './ecr/ecr-service.ts'
import { type EcrDesk, openEcrDesk, ourAccount } from './ecr/testing/ecr-desk.ts'
import { ecsService } from './ecs/ecs-service.ts'
import { eventsService } from './events/events-service.ts'
import { iamService } from './iam/iam-service.ts'
import { logsService } from './logs/logs-service.ts'
import type { Call } from './service.ts'
import { snsService } from './sns/sns-service.ts'
import { sqsService } from './sqs/sqs-service.ts'
import { stsService } from './sts/sts-service.ts'

let desk: EcrDesk
beforeAll(async () => {
  desk = await openEcrDesk()
})
afterAll(() => desk[Symbol.asyncDispose]())

const repositoryArn = 'arn:aws:ecr:us-east-1:111122223333:repository/team/app'

/** The members that any operation reads to know what it needs permission for. */
const anyInput = {
  UserName: 'dev',
  GroupName: 'devs',
  RoleName: 'build',
  PolicyName: 'pull',
  PolicyArn: 'arn:aws:iam::111122223333:policy/pull',
  robotName: 'ci',
  repositoryName: 'team/app',
  repositoryNames: ['team/app'],
  resourceArn: repositoryArn,
  tags: [],
  tagKeys: [],
  Name: 'pushes',
  Rule: 'pushes',
  Entries: [{}],
  Targets: [{}],
  AccessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  AWSServiceName: 'ecs.amazonaws.com',
  PolicySourceArn: 'arn:aws:iam::111122223333:user/dev',
  RoleArn: 'arn:aws:iam::111122223333:role/build',
  RoleSessionName: 'run-1',
  WebIdentityToken: 'token',
  OpenIDConnectProviderArn: 'arn:aws:iam::111122223333:oidc-provider/ci.example.com',
  Url: 'https://ci.example.com',
  ResourceARN: 'arn:aws:events:us-east-1:111122223333:rule/pushes',
  TopicArn: 'arn:aws:sns:us-east-1:111122223333:pushes',
  ResourceArn: 'arn:aws:sns:us-east-1:111122223333:pushes',
  SubscriptionArn: 'arn:aws:sns:us-east-1:111122223333:pushes:2bb79d09-8f06-4d58-a8c5-f0b4a2c31a5f',
}

/** ECS names what ECR names, with other ARNs. */
const anyEcsInput = {
  cluster: 'web',
  family: 'web',
  taskDefinition: 'web:1',
  taskDefinitions: ['web:1'],
  attributes: [],
  serviceDeploymentArn: 'arn:aws:ecs:us-east-1:111122223333:service-deployment/web/web/1',
  serviceDeploymentArns: ['arn:aws:ecs:us-east-1:111122223333:service-deployment/web/web/1'],
  serviceRevisionArns: ['arn:aws:ecs:us-east-1:111122223333:service-revision/web/web/1'],
  service: 'web',
  containerInstances: ['0123456789abcdef0123456789abcdef'],
  serviceName: 'web',
  services: ['web'],
  task: '0123456789abcdef0123456789abcdef',
  tasks: ['0123456789abcdef0123456789abcdef'],
  resourceArn: 'arn:aws:ecs:us-east-1:111122223333:cluster/web',
  tags: [],
  tagKeys: [],
}

const anyLogsInput = {
  logGroupName: 'web',
  logStreamName: 'web/1',
  resourceArn: 'arn:aws:logs:us-east-1:111122223333:log-group:web',
  tags: {},
  tagKeys: [],
}

const anyQueueInput = {
  QueueName: 'orders',
  QueueUrl: 'http://localhost:4566/111122223333/orders',
  SourceArn: 'arn:aws:sqs:us-east-1:111122223333:orders',
  TaskHandle: Buffer.from('{"taskId":"1","sourceArn":"arn:aws:sqs:us-east-1:111122223333:orders"}').toString(
    'base64',
  ),
  Tags: {},
  TagKeys: [],
}

const anyBerthInput = { ...anyInput, cluster: 'web', serviceName: 'web' }

const inputs: ReadonlyMap<string, object> = new Map<string, object>([
  ['ecs', anyEcsInput],
  ['logs', anyLogsInput],
  ['sqs', anyQueueInput],
  ['berth', anyBerthInput],
])

/** Whom a token speaks of. */
const bearer: WebIdentity = {
  provider: 'arn:aws:iam::111122223333:oidc-provider/ci.example.com',
  arn: 'arn:aws:iam::111122223333:oidc-provider/ci.example.com:berth:main',
  issuer: 'https://ci.example.com',
  subject: 'main',
  audience: 'berth',
  values: {},
  tags: [],
  transitiveTagKeys: [],
  sourceIdentity: undefined,
}

// Who calls is no secret to the caller, and a session gives nothing new: AWS asks for no permission either.
const needNoPermission = ['GetCallerIdentity', 'GetSessionToken']

// In AWS's model an operation may need the right of another: who may read an image may see what belongs to it.
const needTheRightOf = new Map([
  ['ListImageReferrers', 'BatchGetImage'],
  ['PublishBatch', 'Publish'],
  ['SendMessageBatch', 'SendMessage'],
  ['DeleteMessageBatch', 'DeleteMessage'],
  ['ChangeMessageVisibilityBatch', 'ChangeMessageVisibility'],
])

test('every action of every service declares a permission of its own name, or of the one AWS says', async () => {
  const { registry } = desk.context
  using messaging = await openMessaging(
    { ...defaults, dataDir: '/nowhere' },
    { sealKey: new Uint8Array(32) },
    registry,
    async () => [],
    desk.context.authoriser,
  )
  const services = [
    ecrService(desk.context),
    ecsService({
      registry,
      findInstance: async () => undefined,
      findDigests: async () => ({}),
      hasLooked: () => true,
      issueExecToken: () => '',
      onExec: () => {},
    }),
    eventsService({ messaging }),
    logsService({ logs: messaging }),
    snsService({ messaging }),
    sqsService({ messaging }),
    stsService({
      iam: iamWorld(),
      accessKeys: { find: async () => undefined },
      webIdentities: { verify: async () => bearer },
    }),
    iamService(iamWorld()),
    berthService(berthContext(messaging)),
  ]
  const offered = services.map(({ name }) => name)
  expect(offered.toSorted()).toEqual([...loadModels().keys()].toSorted())
  for (const service of services) {
    const input = inputs.get(service.name) ?? anyInput
    const permissionsOf = [...service.actions].map(
      ([operation, action]) => [operation, () => action.permissions(input, call)] as const,
    )
    const unsigned = [...(service.unsigned ?? [])].map(
      ([operation, action]) => [operation, async () => (await action.open(input)).permissions()] as const,
    )
    for (const [operation, read] of [...permissionsOf, ...unsigned]) {
      if (needNoPermission.includes(operation)) continue
      const right = needTheRightOf.get(operation) ?? operation
      const permissions = await read()
      expect(permissions.map((permission) => permission.action)).toContain(`${service.name}:${right}`)
      expect(permissions.every(({ owner }) => owner === ourAccount)).toBe(true)
      const isAboutRegistry = ({ action, within }: Permission) => !action.startsWith('ecr:') || within
      expect(permissions.every(isAboutRegistry), `${operation} says where its resource lies`).toBe(true)
    }
  }
})

describe('ECR', () => {
  test.each([
    ['GetAuthorizationToken', {}],
    ['DescribeRegistry', {}],
  ])('%s is done to no resource', async (operation, input) => {
    expect(await resourcesOf(operation, input)).toEqual([`ecr:${operation} *`])
  })

  test.each(['PutImage', 'BatchGetImage', 'DescribeImages', 'InitiateLayerUpload', 'DeleteRepository'])(
    '%s is done to the repository it names',
    async (operation) => {
      expect(await resourcesOf(operation, { repositoryName: 'team/app' })).toEqual([
        `ecr:${operation} ${repositoryArn}`,
      ])
    },
  )

  test('describing repositories by name needs each of them', async () => {
    expect(await resourcesOf('DescribeRepositories', { repositoryNames: ['web', 'api'] })).toEqual([
      'ecr:DescribeRepositories arn:aws:ecr:us-east-1:111122223333:repository/web',
      'ecr:DescribeRepositories arn:aws:ecr:us-east-1:111122223333:repository/api',
    ])
  })

  test('describing repositories without a name needs all of them', async () => {
    expect(await resourcesOf('DescribeRepositories', {})).toEqual([
      'ecr:DescribeRepositories arn:aws:ecr:us-east-1:111122223333:repository/*',
    ])
  })

  test("another account's registry belongs to that account", async () => {
    const input = { registryId: '444455556666', repositoryName: 'team/app' }
    expect(await permissionsOf('PutImage', input)).toMatchObject([
      { resource: 'arn:aws:ecr:us-east-1:444455556666:repository/team/app', owner: '444455556666' },
    ])
  })

  test('creating a repository with tags is creating and tagging, with the tags for policies to see', async () => {
    const input = { repositoryName: 'team/app', tags: [{ Key: 'team', Value: 'web' }] }
    const context = { 'aws:TagKeys': ['team'], 'aws:RequestTag/team': 'web' }
    expect(await permissionsOf('CreateRepository', input)).toMatchObject([
      { action: 'ecr:CreateRepository', resource: repositoryArn, context },
      { action: 'ecr:TagResource', resource: repositoryArn, context },
    ])
    expect(await resourcesOf('CreateRepository', { repositoryName: 'team/app' })).toEqual([
      `ecr:CreateRepository ${repositoryArn}`,
    ])
  })

  test('tagging and untagging show their tags to policies', async () => {
    const tagging = { resourceArn: repositoryArn, tags: [{ Key: 'team', Value: 'web' }] }
    expect(await permissionsOf('TagResource', tagging)).toMatchObject([
      { resource: repositoryArn, context: { 'aws:TagKeys': ['team'], 'aws:RequestTag/team': 'web' } },
    ])
    const untagging = { resourceArn: repositoryArn, tagKeys: ['team'] }
    expect(await permissionsOf('UntagResource', untagging)).toMatchObject([
      { resource: repositoryArn, context: { 'aws:TagKeys': ['team'] } },
    ])
  })
})

function iamWorld(): Iam {
  const { metadata, now } = desk.context.registry
  const vault = new Vault(new Uint8Array(32))
  const keys = new StoredAccessKeys(metadata, vault, now)
  const identities = new StoredIdentities(metadata, { ttl: 0, now })
  const uses = openUses(metadata, () => undefined)
  return { metadata, vault, keys, identities, uses, now, randomBytes: (size) => new Uint8Array(size) }
}

function berthContext(messaging: Messaging): BerthContext {
  const server = {
    version: '1.0.0',
    startedAt: new Date(0),
    account: ourAccount,
    database: 'sqlite',
  } as const
  const { registry } = desk.context
  const vault = new Vault(new Uint8Array(32))
  const keys = new StoredAccessKeys(registry.metadata, vault, registry.now)
  const world = { metadata: registry.metadata, vault, keys, own: ourAccount, now: registry.now }
  const accounts = new Accounts({ ...world, randomBytes: (size) => new Uint8Array(size) })
  const signer = localSigner(vault)
  const randomBytes = (size: number) => new Uint8Array(size)
  const logins = new RobotLogins(registry.metadata, { note: () => {} }, registry.now)
  const robots = new Robots({ metadata: registry.metadata, logins, now: registry.now, randomBytes })
  const own = { accounts, robots, iam: iamWorld(), messaging, server, jobKinds: [], testClock, signer }
  return { ...desk.context, ...own, missingContent: 'refused' }
}

const testClock = { now: () => new Date(0), ahead: () => 0, advance: async () => 0 }

async function permissionsOf(operation: string, input: object) {
  return (await ecrService(desk.context).actions.get(operation)?.permissions(input, call)) ?? []
}

async function resourcesOf(operation: string, input: object): Promise<string[]> {
  return (await permissionsOf(operation, input)).map(({ action, resource }) => `${action} ${resource}`)
}

const call: Call = {
  caller: { account: ourAccount, arn: `arn:aws:iam::${ourAccount}:user/dev`, userId: 'AIDADEV000000000' },
  registry: { account: ourAccount, region: parseRegion('us-east-1') },
  surroundings: { sourceIp: '127.0.0.1', isSecure: false },
  requestId: 'request-1',
  endpoint: 'http://localhost:4566',
  pages: { position: undefined, next: String },
}
