import { afterAll, beforeAll, expect, test } from 'vitest'
import { askQuery, type Parameters } from '../support/ask-query.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'
import { applyEach } from './resource.ts'
import { oidcProviderResource, policyResource, roleResource, userResource } from './resources/iam.ts'

const account = '000000000000'
const pullOnly = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly'
const readOnly = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly'

let berth: LocalBerth
beforeAll(async () => {
  berth = await startBerth()
})
afterAll(async () => {
  expect(berth.failures).toEqual([])
  await berth[Symbol.asyncDispose]()
})

function ask(action: string, parameters: Parameters) {
  const { rootAccessKey: AccessKeyId, rootSecretKey: SecretAccessKey } = berth.secrets
  return askQuery(berth, { AccessKeyId, SecretAccessKey }, ['iam', action, parameters])
}

const allow = (...actions: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
})

function trust(Service: string) {
  const statement = { Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }
  return { Version: '2012-10-17', Statement: [statement] }
}

test('aws_iam_role comes back without a difference, and goes', async () => {
  const plain = {
    name: 'task',
    path: '/service/',
    description: "Runs the team's tasks (all of them)!",
    maxSessionDuration: 3600,
    assumeRolePolicy: trust('ecs-tasks.amazonaws.com'),
    permissionsBoundary: '',
    inlinePolicies: { push: allow('ecr:PutImage') },
    managedPolicyArns: [pullOnly],
    tags: {},
  }
  const changed = {
    ...plain,
    description: 'other',
    maxSessionDuration: 7200,
    assumeRolePolicy: trust('events.amazonaws.com'),
    permissionsBoundary: readOnly,
    inlinePolicies: { read: allow('ecr:Get*') },
    managedPolicyArns: [pullOnly, readOnly],
    tags: { Team: 'web', stage: 'a b/c' },
  }
  await applyEach(roleResource(ask, 'task'), [plain, changed, { ...plain, tags: { team: 'api' } }])
})

test('aws_iam_policy comes back without a difference through more than five changes, and goes', async () => {
  const plain = { name: 'push', path: '/', description: 'Pushing', policy: allow('ecr:PutImage'), tags: {} }
  const changes = Array.from({ length: 6 }, (_, at) => ({
    ...plain,
    policy: allow(`ecr:PutImage${at}`),
    tags: at % 2 === 0 ? { team: 'web' } : { Stage: 'x' },
  }))
  await applyEach(policyResource(ask, `arn:aws:iam::${account}:policy/push`), [plain, ...changes])
})

test('aws_iam_openid_connect_provider comes back without a difference, and goes', async () => {
  const plain = {
    url: 'https://token.actions.githubusercontent.com',
    clientIds: ['sts.amazonaws.com'],
    thumbprints: [],
    tags: {},
  }
  const changed = {
    ...plain,
    clientIds: ['berth', 'https://gitlab.example.com'],
    thumbprints: ['6938fd4d98bab03faadb97b34396831e3780aea1'],
    tags: { team: 'web' },
  }
  const arn = `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`
  await applyEach(oidcProviderResource(ask, arn), [plain, changed, { ...changed, tags: { Stage: 'x' } }])
})

test('aws_iam_user comes back without a difference, and goes with its key and its group', async () => {
  const plain = { name: 'ci', path: '/', permissionsBoundary: '', tags: { team: 'web' } }
  const bounded = {
    ...plain,
    path: '/robots/',
    permissionsBoundary: readOnly,
    tags: { team: 'api', run: '1' },
  }
  await applyEach(userResource(ask, 'ci'), [plain, bounded, plain])
})
