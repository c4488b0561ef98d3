import { afterAll, beforeAll, describe, expect } from 'vitest'
import { findAwsCli } from '../support/aws-cli.ts'
import { exportedBy } from '../support/berth-env.ts'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { type Outcome, runProgram } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testUnless } from '../support/installed-programs.ts'
import { send } from '../support/registry-client.ts'

const aws = await findAwsCli(2)
const test = testUnless(!aws && 'aws CLI version 2 not installed')

let berth: BerthProcess
let root: Readonly<Record<string, string>>
let dev: Readonly<Record<string, string>>

beforeAll(async () => {
  if (!aws) return
  berth = await startBerthProcess()
  root = { ...(await exportedBy(berth)), AWS_PAGER: '' }
  await call(root, 'iam create-user --user-name dev')
  const { AccessKey } = await json(root, 'iam create-access-key --user-name dev')
  dev = {
    ...root,
    AWS_ACCESS_KEY_ID: AccessKey.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: AccessKey.SecretAccessKey,
  }
  await call(root, 'ecr create-repository --repository-name team/app')
})
afterAll(() => berth?.[Symbol.asyncDispose]())

function run(env: Readonly<Record<string, string>>, command: string, ...more: string[]): Promise<Outcome> {
  return runProgram(aws?.path ?? 'aws', ['--endpoint-url', berth.url, ...command.split(' '), ...more], {
    env,
  })
}

async function call(env: Readonly<Record<string, string>>, command: string, ...more: string[]) {
  const { exitCode, stdout, stderr } = await run(env, command, ...more)
  expect(exitCode, stderr).toBe(0)
  return stdout
}

async function json(env: Readonly<Record<string, string>>, command: string, ...more: string[]) {
  return JSON.parse(await call(env, command, ...more))
}

const policyOf = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
const readOnly = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly'

describe('a user', () => {
  test('may what its policies allow, and at once no more when one is gone', async () => {
    expect((await json(dev, 'sts get-caller-identity')).Arn).toBe('arn:aws:iam::000000000000:user/dev')
    const refused = await run(dev, 'ecr describe-images --repository-name team/app')
    expect(refused.stderr).toContain('because no identity-based policy allows the ecr:DescribeImages action')
    await call(root, `iam attach-user-policy --user-name dev --policy-arn ${readOnly}`)
    await call(dev, 'ecr describe-images --repository-name team/app')
    const deny = policyOf({ Effect: 'Deny', Action: 'ecr:DescribeImages', Resource: '*' })
    await call(root, 'iam put-user-policy --user-name dev --policy-name no --policy-document', deny)
    const denied = await run(dev, 'ecr describe-images --repository-name team/app')
    expect(denied.stderr).toContain('with an explicit deny in an identity-based policy')
    const { PolicyDocument } = await json(root, 'iam get-user-policy --user-name dev --policy-name no')
    expect(PolicyDocument).toEqual(JSON.parse(deny))
    await call(root, 'iam delete-user-policy --user-name dev --policy-name no')
    await call(dev, 'ecr describe-images --repository-name team/app')
  })

  test('may through /v2/ what it may through the API, until its key is inactive', async () => {
    const keys = { accessKeyId: dev.AWS_ACCESS_KEY_ID, secretAccessKey: dev.AWS_SECRET_ACCESS_KEY }
    const login = await logIn(berth, await ecrClientOf(berth, keys))
    const tags = () => send(login, 'GET', '/v2/team/app/tags/list')
    expect((await tags()).status).toBe(200)
    const push = await send(login, 'POST', '/v2/team/app/blobs/uploads/')
    expect([push.status, await push.text()]).toEqual([
      403,
      expect.stringContaining('ecr:InitiateLayerUpload'),
    ])
    const status = `iam update-access-key --user-name dev --access-key-id ${keys.accessKeyId} --status`
    await call(root, `${status} Inactive`)
    expect((await tags()).status).toBe(401)
    expect((await run(dev, 'sts get-caller-identity')).stderr).toContain('InvalidClientTokenId')
    await call(root, `${status} Active`)
    expect((await tags()).status).toBe(200)
  })

  test('goes when nothing hangs on it any more', async () => {
    await call(root, 'iam create-user --user-name gone')
    await call(root, `iam attach-user-policy --user-name gone --policy-arn ${readOnly}`)
    expect((await run(root, 'iam delete-user --user-name gone')).stderr).toContain(
      'Cannot delete entity, must detach all policies first.',
    )
    await call(root, `iam detach-user-policy --user-name gone --policy-arn ${readOnly}`)
    await call(root, 'iam delete-user --user-name gone')
    expect((await run(root, 'iam get-user --user-name gone')).stderr).toContain(
      'The user with name gone cannot be found.',
    )
  })
})

test('a role is assumed by whom its trust policy and their own policies let, and its session ends with it', async () => {
  const trust = policyOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { AWS: '000000000000' } })
  await call(root, 'iam create-role --role-name build --assume-role-policy-document', trust)
  const powerUser = 'arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser'
  await call(root, `iam attach-role-policy --role-name build --policy-arn ${powerUser}`)
  const assume = 'sts assume-role --role-session-name run1 --role-arn arn:aws:iam::000000000000:role/'
  const refused = await run(dev, `${assume}build`)
  const absent = await run(dev, `${assume}nope`)
  expect(absent.stderr.replace('nope', 'build')).toBe(refused.stderr)
  const may = policyOf({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' })
  await call(root, 'iam create-group --group-name builders')
  await call(root, 'iam put-group-policy --group-name builders --policy-name may --policy-document', may)
  await call(root, 'iam add-user-to-group --group-name builders --user-name dev')
  const { Credentials } = await json(dev, `${assume}build`)
  const session = {
    ...root,
    AWS_ACCESS_KEY_ID: Credentials.AccessKeyId,
    AWS_SECRET_ACCESS_KEY: Credentials.SecretAccessKey,
    AWS_SESSION_TOKEN: Credentials.SessionToken,
  }
  expect((await json(session, 'sts get-caller-identity')).Arn).toBe(
    'arn:aws:sts::000000000000:assumed-role/build/run1',
  )
  await call(session, 'ecr describe-images --repository-name team/app')
  const { AWS_SESSION_TOKEN: _, ...withoutToken } = session
  expect((await run(withoutToken, 'sts get-caller-identity')).stderr).toContain('InvalidClientTokenId')
  await call(root, `iam detach-role-policy --role-name build --policy-arn ${powerUser}`)
  expect((await run(session, 'ecr describe-images --repository-name team/app')).exitCode).not.toBe(0)
  await call(root, 'iam delete-role --role-name build')
  expect((await run(session, 'sts get-caller-identity')).stderr).toContain('InvalidClientTokenId')
})

test('a managed policy has versions, and the default one is in force', async () => {
  const arn = 'arn:aws:iam::000000000000:policy/tags'
  const allow = policyOf({ Effect: 'Allow', Action: 'ecr:PutImageTagMutability', Resource: '*' })
  await call(
    root,
    'iam create-policy --policy-name tags --policy-document',
    policyOf({ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }),
  )
  await call(root, `iam attach-user-policy --user-name dev --policy-arn ${arn}`)
  const use = 'ecr put-image-tag-mutability --repository-name team/app --image-tag-mutability IMMUTABLE'
  expect((await run(dev, use)).exitCode).not.toBe(0)
  await call(root, `iam create-policy-version --policy-arn ${arn} --set-as-default --policy-document`, allow)
  await call(dev, use)
  const { Policy } = await json(root, `iam get-policy --policy-arn ${arn}`)
  expect(Policy).toMatchObject({ DefaultVersionId: 'v2', AttachmentCount: 1 })
  expect((await run(root, `iam delete-policy --policy-arn ${arn}`)).stderr).toContain(
    'Cannot delete a policy attached to entities.',
  )
  const nonsense = await run(root, 'iam create-policy --policy-name bad --policy-document', '{}')
  expect(nonsense.stderr).toContain('(MalformedPolicyDocument)')
})
