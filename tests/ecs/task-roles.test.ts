import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr'
import {
  CreateServiceCommand,
  DeleteServiceCommand,
  DescribeServicesCommand,
  type Service,
} from '@aws-sdk/client-ecs'
import { afterAll, beforeAll, expect, vi } from 'vitest'
import { createClient } from '../support/client.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { shell, TaskWorld, webImage } from '../support/task-world.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'

const test = testAsRootWith('dockerd', 'docker', 'busybox', 'ip', 'aws')

const secretArn = 'arn:aws:secretsmanager:us-east-1:000000000000:secret:db-AbCdEf'
const secrets = { db: { user: 'web', password: 'deep' }, '/web/word': 'param' }
const roleArn = (name: string) => `arn:aws:iam::000000000000:role/${name}`
const trust = (Service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
  })

let folder: TemporaryFolder
let world: TaskWorld
beforeAll(async () => {
  folder = await temporaryFolder()
  const files = ['--task-environment-files', folder.path, '--task-secrets', JSON.stringify(secrets)]
  world = await TaskWorld.open(['--task-endpoint', 'gateway', ...files])
  await world.pushPage('v1', 'ahoy')
})
afterAll(async () => {
  await world?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
})

/** AWS's own command line, as root or, with variables, as they say. */
async function aws(
  args: readonly string[],
  { url = world.berth.url, ...env }: { readonly url?: string; readonly [name: string]: string } = {},
): Promise<string> {
  const { accessKeyId, secretAccessKey } = await world.ecs.config.credentials()
  const root = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  const place = { AWS_REGION: 'us-east-1', AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nowhere' }
  const credentials = Object.keys(env).length > 0 ? env : root
  return createClient('/usr/bin/aws', ['--endpoint-url', url], { ...place, ...credentials }).output(args)
}

async function createRole(
  name: string,
  actions: readonly string[],
  service = 'ecs-tasks.amazonaws.com',
): Promise<void> {
  await aws(['iam', 'create-role', '--role-name', name, '--assume-role-policy-document', trust(service)])
  await allow(name, actions)
}

async function allow(name: string, actions: readonly string[]): Promise<void> {
  if (actions.length === 0) return
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }
  const named = ['--role-name', name, '--policy-name', 'rights', '--policy-document', JSON.stringify(policy)]
  await aws(['iam', 'put-role-policy', ...named])
}

/** The region in which a role was last used, as GetRole tells. */
async function lastUsedIn(name: string): Promise<string | undefined> {
  return JSON.parse(await aws(['iam', 'get-role', '--role-name', name])).Role.RoleLastUsed.Region
}

const pull = [
  'ecr:GetAuthorizationToken',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchCheckLayerAvailability',
]

test('an image is pulled as the execution role, whose policies hold', async () => {
  await createRole('puller', [])
  const role = { executionRoleArn: roleArn('puller') }
  const denied = await world.runToEnd('pulls', shell('exit 0'), role)
  expect(denied).toMatchObject({ stopCode: 'TaskFailedToStart', stoppedReason: 'Task failed to start' })
  const session = `arn:aws:sts::000000000000:assumed-role/puller/${denied.taskArn?.split('/').at(-1)}`
  expect(denied.containers?.[0]?.reason).toBe(
    `CannotPullECRContainerError: AccessDeniedException: User: ${session} is not authorized to perform: ecr:GetAuthorizationToken on resource: * because no identity-based policy allows the ecr:GetAuthorizationToken action`,
  )
  await allow('puller', pull)
  expect((await world.runToEnd('pulls', shell('exit 0'), role)).containers?.[0]?.exitCode).toBe(0)
  expect(await lastUsedIn('puller')).toBe('us-east-1')
})

test('a role that is not there, or trusts nobody but others, is refused', async () => {
  await createRole('others', [], 'lambda.amazonaws.com')
  for (const name of ['nobody', 'others']) {
    await world.register('roleless', shell('exit 0'), { executionRoleArn: roleArn(name) })
    await expect(world.run('roleless')).rejects.toThrow(
      `ECS was unable to assume the role '${roleArn(name)}'`,
    )
  }
})

test('without an execution role the machine pulls, unless a repository does not let it', async () => {
  const deny = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'ecr:BatchGetImage',
    Condition: { StringLike: { 'aws:PrincipalArn': '*ecsInstanceRole*' } },
  }
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [deny] })
  await world.ecr.send(new SetRepositoryPolicyCommand({ repositoryName: 'web', policyText }))
  const denied = await world.runToEnd('denied', shell('exit 0'))
  expect(denied.containers?.[0]?.reason).toBe(
    `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${webImage}:v1: unexpected status from HEAD request to https://${world.berth.host}/v2/web/manifests/v1: 403 Forbidden`,
  )
  await aws(['ecr', 'delete-repository-policy', '--repository-name', 'web'])
  expect((await world.runToEnd('denied', shell('exit 0'))).containers?.[0]?.exitCode).toBe(0)
})

test('secrets come from the operator, as far as the execution role may read them', async () => {
  await createRole('reader', [...pull, 'secretsmanager:GetSecretValue'])
  const role = { executionRoleArn: roleArn('reader') }
  const app = {
    ...shell('test "$PASSWORD-$WORD" = deep-param'),
    secrets: [
      { name: 'PASSWORD', valueFrom: `${secretArn}:password::` },
      { name: 'WORD', valueFrom: '/web/word' },
    ],
  }
  const begins =
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed:'
  const denied = await world.runToEnd('secret', app, role)
  expect(denied.stoppedReason).toContain(`${begins} unable to retrieve secrets from ssm`)
  expect(denied.stoppedReason).toContain('is not authorized to perform: ssm:GetParameters')
  await allow('reader', [...pull, 'secretsmanager:GetSecretValue', 'ssm:GetParameters'])
  const read = await world.runToEnd('secret', app, role)
  expect(read.containers?.[0]?.exitCode, JSON.stringify(read)).toBe(0)
  const missing = { ...app, secrets: [{ name: 'WORD', valueFrom: secretArn.replace('db', 'no') }] }
  expect((await world.runToEnd('secret', missing, role)).stoppedReason).toBe(
    `${begins} unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${secretArn.replace('db', 'no')} from secrets manager: ResourceNotFoundException: Secrets Manager can't find the specified secret.`,
  )
})

test('variables come from files, in their order, as far as the execution role may read them', async () => {
  await mkdir(join(folder.path, 'team-files'))
  await writeFile(join(folder.path, 'team-files/web.env'), '# of the web\nFIRST=web\nWORD=web\n')
  await writeFile(join(folder.path, 'team-files/all.env'), 'FIRST=all\nOTHER=all\n')
  await createRole('filer', [...pull, 's3:GetBucketLocation'])
  const role = { executionRoleArn: roleArn('filer') }
  const app = {
    ...shell('test "$FIRST-$OTHER-$WORD" = web-all-own'),
    environment: [{ name: 'WORD', value: 'own' }],
    environmentFiles: ['web', 'all'].map((name) => ({
      type: 's3' as const,
      value: `arn:aws:s3:::team-files/${name}.env`,
    })),
  }
  const denied = await world.runToEnd('filed', app, role)
  expect(denied.stoppedReason).toContain(
    'is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::team-files/web.env',
  )
  await allow('filer', [...pull, 's3:GetBucketLocation', 's3:GetObject'])
  const read = await world.runToEnd('filed', app, role)
  expect(read.containers?.[0]?.exitCode, JSON.stringify(read)).toBe(0)
  await rm(join(folder.path, 'team-files/all.env'))
  expect((await world.runToEnd('filed', app, role)).stoppedReason).toContain('all.env: NoSuchKey')
})

test('a task has the credentials of its role, which end with it, and is told about itself', async () => {
  // A second try has a role of its own.
  const worker = `worker-${randomUUID()}`
  await createRole(worker, ['ecr:DescribeRepositories'])
  const asks = [
    'get() { busybox wget -q -O - "$1" || exit 9; }',
    'get "http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI" | busybox grep -q AccessKeyId || exit 1',
    'get "$ECS_CONTAINER_METADATA_URI_V4" | busybox grep -q \'"Name":"app"\' || exit 2',
    'get "$ECS_CONTAINER_METADATA_URI_V4/task" | busybox grep -q \'"Family":"works"\' || exit 3',
    // The engine has none in the first moment of a container.
    'tries=0; until get "$ECS_CONTAINER_METADATA_URI_V4/stats" | busybox grep -q memory_stats; do',
    '  tries=$((tries + 1)); [ $tries -lt 20 ] || exit 4; busybox sleep 1',
    'done',
    'get "$AWS_ENDPOINT_URL/healthz" || exit 5',
    'while true; do sleep 1; done',
  ]
  const healthCheck = { command: ['CMD', '/bin/busybox', 'true'], interval: 5, timeout: 2 }
  await world.register('works', { ...shell(asks.join('\n')), healthCheck }, { taskRoleArn: roleArn(worker) })
  const task = await world.run('works')
  const running = await world.until(task, (now) =>
    expect(now.healthStatus, JSON.stringify(now)).toBe('HEALTHY'),
  )
  const { Config } = await world.inspect(running.containers?.[0])
  const variables: Record<string, string> = Object.fromEntries(
    Config.Env.map((one: string) => one.split('=', 2)),
  )
  const url = `http://169.254.170.2${variables.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI}`
  const inside = { AWS_CONTAINER_CREDENTIALS_FULL_URI: url, url: 'http://169.254.170.2' }
  const id = task.taskArn?.split('/').at(-1)
  const identity = JSON.parse(await aws(['sts', 'get-caller-identity'], inside))
  expect(identity.Arn).toBe(`arn:aws:sts::000000000000:assumed-role/${worker}/${id}`)
  await aws(['ecr', 'describe-repositories'], inside)
  expect(await lastUsedIn(worker)).toBe('us-east-1')
  await expect(aws(['ecr', 'create-repository', '--repository-name', 'more'], inside)).rejects.toThrow(
    'AccessDenied',
  )
  const metadataToken = variables.ECS_CONTAINER_METADATA_URI_V4?.split('/').at(-1)
  expect((await fetch(`http://169.254.170.2/ecs/credentials/${metadataToken}`)).status).toBe(404)
  await world.berth.kill()
  await world.berth.start()
  await expect.poll(() => statusOf(url), { timeout: 40_000 }).toBe(200)
  await world.stop(task)
  expect(await statusOf(url)).toBe(404)
})

test("only tasks find anything at the tasks' address, and no page of an operator's", async () => {
  const ask = (path: string) => `busybox wget -q -O - http://169.254.170.2${path} 2>&1`
  const { docker } = world.dockerd
  const foreign = ['run', '--rm', `${world.berth.host}/web:v1`, 'sh', '-c', `${ask('/healthz')}; true`]
  expect(await docker.output(foreign)).toContain('403')
  const hidden = ['/', '/console/', '/metrics', '/readyz', '/_berth/reset']
  const tries = [
    `${ask('/healthz')} || exit 1`,
    ...hidden.map((path) => `${ask(path)} | busybox grep -q 404 || exit 2`),
  ]
  expect((await world.runToEnd('curious', shell(tries.join('\n')))).containers?.[0]?.exitCode).toBe(0)
})

test("a port of the tasks' address that somebody else has is the operator's to free, and no deployment's failure", async () => {
  const { ecs, berth } = world
  await world.register('waits', shell('trap "exit 0" TERM; while true; do busybox sleep 1; done'))
  // The engine gives the machine that address with the first task.
  await world.stop(await world.becomes(await world.run('waits'), 'RUNNING'))
  await berth.kill()
  const other = createServer().listen(80, '169.254.170.2')
  await once(other, 'listening')
  await berth.start()
  const advice =
    "Berth can't listen for tasks at 169.254.170.2:80: another process of this machine has that port"
  const refused = await world.becomes(await world.run('waits'), 'STOPPED')
  expect(refused.stoppedReason).toContain(advice)
  const deploymentConfiguration = { deploymentCircuitBreaker: { enable: true, rollback: false } }
  const service = { serviceName: 'waits', taskDefinition: 'waits', desiredCount: 3 }
  await ecs.send(new CreateServiceCommand({ ...service, deploymentConfiguration }))
  const waiting = await serviceUntil(({ events = [] }) =>
    expect(events.map(({ message }) => message)).toContainEqual(expect.stringContaining(`Reason: ${advice}`)),
  )
  expect(waiting.deployments).toMatchObject([{ rolloutState: 'IN_PROGRESS', failedTasks: 0 }])
  other.close()
  const ready = await serviceUntil(({ runningCount }) => expect(runningCount).toBe(3))
  expect(ready.deployments).toMatchObject([{ failedTasks: 0 }])
  await ecs.send(new DeleteServiceCommand({ service: 'waits', force: true }))
})

/** Waits until what is described of the service no longer fails. */
function serviceUntil(check: (service: Service) => void): Promise<Service> {
  return vi.waitFor(
    async () => {
      const { services = [] } = await world.ecs.send(new DescribeServicesCommand({ services: ['waits'] }))
      const [service = {}] = services
      check(service)
      return service
    },
    { timeout: 40_000, interval: 100 },
  )
}

async function statusOf(url: string): Promise<number | undefined> {
  return fetch(url).then(
    ({ status }) => status,
    () => undefined,
  )
}
