import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { findAwsCli } from '../support/aws-cli.ts'
import { exportedBy } from '../support/berth-env.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf, type RunOptions, runProgram } from '../support/client.ts'
import { buildImageOf } from '../support/docker-images.ts'
import { startDockerd } from '../support/dockerd.ts'
import { testAsRootWith, testUnless } from '../support/installed-programs.ts'
import { type OidcIssuer, startOidcIssuer } from '../support/oidc-issuer.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'
import { account, assumeWithToken, providerArn, trustIn } from '../support/web-identity-world.ts'

const clis = [await findAwsCli(1), await findAwsCli(2)].filter((cli) => cli !== undefined)
/** One that goes by AWS_ENDPOINT_URL for whatever it asks of itself; older ones ask AWS who they are. */
const aws = clis.find(({ version: [major, minor] }) => (major === 1 ? minor >= 29 : minor >= 13))
const test = testUnless(!aws && 'no aws CLI that knows AWS_ENDPOINT_URL installed')

const sub = 'repo:team/app:ref:refs/heads/main'
/** The thumbprint that guides have for any issuer; the certificate is one that this process trusts. */
const ofNobody = '6938fd4d98bab03faadb97b34396831e3780aea1'
const roleArn = `arn:aws:iam::${account}:role/ci`

let berth: BerthProcess
let issuer: OidcIssuer
let folder: TemporaryFolder
/** As in a job of a pipeline: a role, a file with a token, and no key at all. */
let job: Readonly<Record<string, string>>

beforeAll(async () => {
  issuer = await startOidcIssuer({ path: '/ci' })
  folder = await temporaryFolder()
  const ca = join(folder.path, 'ca.pem')
  await writeFile(ca, issuer.authority)
  const flags = ['--outbound-networks', '127.0.0.0/8']
  berth = await startBerthProcess({ flags, env: { NODE_EXTRA_CA_CERTS: ca } })
  job = {
    AWS_ENDPOINT_URL: berth.url,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_ROLE_ARN: roleArn,
    AWS_ROLE_SESSION_NAME: 'run-7',
    AWS_WEB_IDENTITY_TOKEN_FILE: join(folder.path, 'token'),
    AWS_PAGER: '',
    AWS_EC2_METADATA_DISABLED: 'true',
    HOME: folder.path,
  }
  await writeFile(join(folder.path, 'token'), issuer.token({ sub }))
  if (aws) await setUp()
})
afterAll(async () => {
  await berth?.[Symbol.asyncDispose]()
  await issuer?.[Symbol.asyncDispose]()
  await folder?.[Symbol.asyncDispose]()
})

/** What an administrator does once. */
async function setUp() {
  const root = { ...(await exportedBy(berth)), AWS_PAGER: '' }
  const by = (command: string, ...more: string[]) => cli(root, command, ...more)
  const create = `iam create-open-id-connect-provider --url ${issuer.url} --client-id-list berth`
  await by(`${create} --thumbprint-list ${ofNobody}`)
  const conditions = {
    StringEquals: { [`${issuer.name}:aud`]: 'berth' },
    StringLike: { [`${issuer.name}:sub`]: 'repo:team/*:ref:refs/heads/main' },
  }
  const document = trustIn(issuer, conditions)
  await by('iam create-role --role-name ci --assume-role-policy-document', document)
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      {
        Effect: 'Allow',
        Action: 'ecr:*',
        Resource: 'arn:aws:ecr:*:*:repository/team/*',
        Condition: {
          StringEquals: { [`${issuer.name}:sub`]: sub, 'aws:FederatedProvider': providerArn(issuer) },
        },
      },
    ],
  }
  await by('iam put-role-policy --role-name ci --policy-name push --policy-document', JSON.stringify(policy))
  for (const name of ['team/app', 'other/app']) await by(`ecr create-repository --repository-name ${name}`)
}

async function cli(env: RunOptions['env'], command: string, ...more: string[]): Promise<string> {
  const args = ['--endpoint-url', berth.url, ...command.split(' '), ...more]
  const { exitCode, stdout, stderr } = await runProgram(aws?.path ?? 'aws', args, { env: env ?? {} })
  expect(exitCode, stderr).toBe(0)
  return stdout
}

describe('a job that has a token of its own and no key', () => {
  test('is its role to the aws command line', async () => {
    const whole = JSON.parse(await cli(job, 'sts get-caller-identity'))
    expect(whole.Arn).toBe(`arn:aws:sts::${account}:assumed-role/ci/run-7`)
    expect(whole.UserId).toMatch(/^AROA[A-Z0-9]+:run-7$/)
  })

  const withDocker = aws ? testAsRootWith('dockerd', 'docker') : test
  withDocker('has docker push where its role may, and nowhere else', async () => {
    await using dockerd = await startDockerd()
    const { docker } = dockerd
    const input = await cli(job, 'ecr get-login-password')
    await docker.output(['login', '--username', 'AWS', '--password-stdin', berth.host], { input })
    const [own, other] = [`${berth.host}/team/app:v1`, `${berth.host}/other/app:v1`] as const
    await buildImageOf(docker, [own, other], { 'a.txt': 'by a job' })
    await docker.output(['push', own])
    expect((await docker.run(['push', other])).stderr).toContain('is not authorized to perform')
    const pushed = JSON.parse(await cli(job, 'ecr describe-images --repository-name team/app'))
    expect(pushed.imageDetails[0].imageTags).toEqual(['v1'])
  })

  test('is told all that AWS tells of its session', async () => {
    const token = issuer.token({ sub })
    const policy = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"ecr:*","Resource":"*"}]}'
    const asked = `sts assume-role-with-web-identity --role-arn ${roleArn} --role-session-name other`
    const { AWS_WEB_IDENTITY_TOKEN_FILE: _, ...bare } = job
    const answer = JSON.parse(
      await cli(bare, `${asked} --duration-seconds 900 --web-identity-token ${token} --policy`, policy),
    )
    expect(answer).toMatchObject({
      SubjectFromWebIdentityToken: sub,
      AssumedRoleUser: { Arn: `arn:aws:sts::${account}:assumed-role/ci/other` },
      Provider: providerArn(issuer),
      Audience: 'berth',
    })
    expect(answer.PackedPolicySize).toBeGreaterThan(0)
    const lifetime = Date.parse(answer.Credentials.Expiration) - Date.now()
    expect(lifetime).toBeGreaterThan(600_000)
    expect(lifetime).toBeLessThanOrEqual(900_000)
  })

  test('is nobody with a token of another branch', async () => {
    const refused = await assumeWithToken(
      { port: Number(new URL(berth.url).port) },
      issuer.token({ sub: 'repo:team/app:ref:refs/heads/mine' }),
    )
    expect([refused.code, refused.message]).toEqual([
      'AccessDenied',
      'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    ])
  })

  test("is its role to AWS's SDK for JavaScript, which finds token and role by itself", async () => {
    const program = `import { STSClient, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
      console.log((await new STSClient().send(new GetCallerIdentityCommand())).Arn)`
    const arn = await outputOf(process.execPath, ['--input-type=module', '-e', program], { env: job })
    expect(arn.trim()).toBe(`arn:aws:sts::${account}:assumed-role/ci/run-7`)
  })

  test('stands in the audit trail, with what was decided', async () => {
    const root = await exportedBy(berth)
    const list = (outcome: string) => {
      const filters = ['--json', '--action', 'sts:AssumeRoleWithWebIdentity', '--outcome', outcome]
      return outputOf(process.execPath, [BERTH, 'audit', ...filters], { env: root })
    }
    const bearer = (branch: string) => `${providerArn(issuer)}:berth:repo:team/app:ref:refs/heads/${branch}`
    const patience = { timeout: 30_000, interval: 500 }
    await expect.poll(() => list('denied'), patience).toContain(bearer('mine'))
    await expect.poll(() => list('success'), patience).toContain(bearer('main'))
  })
})
