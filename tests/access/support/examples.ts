import type { Shape, StringShape, StructureShape } from '../../../src/protocols/aws/model/shape.ts'

/** The account whose things the walk asks for. */
export const ours = '000000000000'

const arn = (service: string, rest: string) => `arn:aws:${service}:us-east-1:${ours}:${rest}`
const iamArn = (rest: string) => `arn:aws:iam::${ours}:${rest}`
const digest = `sha256:${'a'.repeat(64)}`
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' }],
})

/**
 * Texts that a pattern alone doesn't lead to, by the member's name, for a service or for all. A new operation needs one here only if
 * the walk says that its input wasn't understood.
 */
const texts: Readonly<Record<string, string>> = {
  registryId: ours,
  repositoryName: 'team/app',
  accountId: '999988887777',
  layerDigest: digest,
  imageDigest: digest,
  'ecr.resourceArn': arn('ecr', 'repository/team/app'),
  'ecs.resourceArn': arn('ecs', 'cluster/walk'),
  'events.ResourceARN': arn('events', 'rule/walk'),
  'events.Arn': arn('sns', 'walk'),
  'sns.TopicArn': arn('sns', 'walk'),
  'sns.ResourceArn': arn('sns', 'walk'),
  'sns.SubscriptionArn': arn('sns', 'walk:2bb79d09-8f06-4d58-a8c5-f0b4a2c31a5f'),
  PolicyArn: iamArn('policy/walk'),
  PolicySourceArn: iamArn('user/walk'),
  RoleArn: iamArn('role/walk'),
  OpenIDConnectProviderArn: iamArn('oidc-provider/walk.example.com'),
  Url: 'https://walk.example.com',
  PermissionsBoundary: iamArn('policy/walk'),
  principalArn: iamArn('role/walk'),
  PolicyDocument: policy,
  AssumeRolePolicyDocument: policy,
  policyText: policy,
  EventPattern: '{"source":["aws.ecr"]}',
  Event: '{"id":"1","source":"aws.ecr"}',
  upstreamRegistryUrl: 'walk.invalid',
  taskDefinition: 'walk:1',
  task: '0123456789abcdef0123456789abcdef',
  to: 'walk@example.com',
  ecosystems: 'npm',
  records: '{}',
  repositories: 'team/*',
  PolicyName: 'walk',
  VersionId: 'v1',
  uploadId: '2bb79d09-8f06-4d58-a8c5-f0b4a2c31a5f',
  signingProfileArn: arn('signer', '/signing-profiles/walk'),
  ConnectionArn: arn('events', 'connection/walk/2bb79d09-8f06-4d58-a8c5-f0b4a2c31a5f'),
  InvocationEndpoint: 'https://walk.example.com/',
  taskDefinitions: 'walk:1',
  tasks: '0123456789abcdef0123456789abcdef',
  containerInstances: '0123456789abcdef0123456789abcdef',
  'ecs.key': 'team',
  serviceDeploymentArn: arn('ecs', 'service-deployment/walk/walk/1'),
  serviceDeploymentArns: arn('ecs', 'service-deployment/walk/walk/1'),
  serviceRevisionArns: arn('ecs', 'service-revision/walk/walk/1'),
  targetId: '0123456789abcdef0123456789abcdef',
  'events.EventSourceArn': arn('events', 'event-bus/default'),
  'logs.resourceArn': arn('logs', 'log-group:walk'),
  logGroupName: 'walk',
  TaskHandle: Buffer.from(JSON.stringify({ taskId: 'walk', sourceArn: arn('sqs', 'walk') })).toString(
    'base64',
  ),
}

/** Members that an operation can't do without, though its model says that it can. */
const neededAllTheSame = new Set(['registryId', 'TopicArn', 'key', 'logGroupName', 'targetId'])

/** The least that an operation's input must have, and the account that it is asked of where it says one. */
export function leastInput(service: string, shape: StructureShape): Readonly<Record<string, unknown>> {
  const named = [...shape.members.keys()].filter(
    (name) => shape.required.includes(name) || neededAllTheSame.has(name),
  )
  return Object.fromEntries(
    named.map((name) => [name, exampleOf(shape.members.get(name), { service, name })]),
  )
}

interface Place {
  readonly service: string
  readonly name: string
}

function exampleOf(shape: Shape | undefined, place: Place): unknown {
  switch (shape?.kind) {
    case 'structure':
      return leastInput(place.service, shape)
    case 'list':
      return Array.from({ length: Math.max(1, shape.min ?? 0) }, () => exampleOf(shape.member, place))
    case 'map':
      return { [String(exampleOf(shape.key, { ...place, name: 'key' }))]: exampleOf(shape.value, place) }
    case 'string':
      return textOf(shape, place)
    case 'boolean':
      return false
    case 'blob':
      return Buffer.from('walk')
    case 'timestamp':
      return new Date('2026-03-01T08:00:00Z')
    default:
      return shape?.min ?? 1
  }
}

const guesses = [
  'walk',
  'walk/app',
  ours,
  digest,
  'AKIAIOSFODNN7EXAMPLE',
  iamArn('role/walk'),
  '1',
  'a@b.example',
  'https://a.example',
]

function textOf(shape: StringShape, { service, name }: Place): string {
  const known = texts[`${service}.${name}`] ?? texts[name]
  if (known !== undefined) return known
  if (/arn$/i.test(name) && shape.pattern === undefined) return arn(service, name.toLowerCase())
  const fitting = (shape.values ?? guesses.map((guess) => guess.padEnd(shape.min ?? 0, 'a'))).find((guess) =>
    shape.pattern ? shape.pattern.expression.test(guess) : true,
  )
  return (fitting ?? 'walk').slice(0, shape.max)
}
