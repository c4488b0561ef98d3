import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DeleteRepositoryPolicyCommand,
  type ECRClient,
  GetAuthorizationTokenCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf, runProgram } from '../support/client.ts'
import { buildImageOf } from '../support/docker-images.ts'
import { startDockerd } from '../support/dockerd.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { pushImage } from '../support/push-image.ts'
import { send } from '../support/registry-client.ts'
import { basic } from '../support/registry-login.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { randomImage, type TestImage } from '../support/test-image.ts'

const owner = '111122223333'
const guest = '444455556666'
const repositoryName = 'team/app'

interface Key {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

let berth: BerthProcess
let image: TestImage
let ownersKey: Key
let guestsKey: Key
let owners: ECRClient
let guests: ECRClient

beforeAll(async () => {
  berth = await startBerthProcess()
  ownersKey = JSON.parse(await account('create', owner, '--alias', 'team-a', '--json'))
  guestsKey = JSON.parse(await account('create', guest, '--json'))
  owners = await ecrClientOf(berth, ownersKey)
  guests = await ecrClientOf(berth, guestsKey)
  await owners.send(new CreateRepositoryCommand({ repositoryName }))
  image = randomImage(new SeededRandom('other accounts'))
  await pushImage(await logIn(berth, owners), repositoryName, 'v1', image)
})
afterAll(() => berth?.[Symbol.asyncDispose]())

function account(...args: readonly string[]): Promise<string> {
  return outputOf(process.execPath, [BERTH, 'account', ...args, '--data-dir', berth.dataDir])
}

async function letIn(actions: readonly string[]): Promise<void> {
  const statement = { Effect: 'Allow', Principal: { AWS: guest }, Action: actions }
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
  await owners.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }))
}

async function letOut(): Promise<void> {
  await owners.send(new DeleteRepositoryPolicyCommand({ repositoryName }))
}

/** The password that leads the guest to the owner's registry. */
async function guestsPassword(): Promise<string> {
  const { authorizationData = [] } = await guests.send(
    new GetAuthorizationTokenCommand({ registryIds: [owner] }),
  )
  return Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64')
    .toString()
    .slice('AWS:'.length)
}

const denial = `User: arn:aws:iam::${guest}:root is not authorized to perform: ecr:BatchGetImage on resource: arn:aws:ecr:us-east-1:${owner}:repository/${repositoryName} because no resource-based policy allows the ecr:BatchGetImage action`

describe('another account', () => {
  const pullByApi = () =>
    guests.send(
      new BatchGetImageCommand({ registryId: owner, repositoryName, imageIds: [{ imageTag: 'v1' }] }),
    )
  const getManifest = async () =>
    send(
      { url: berth.url, authorization: basic(await guestsPassword()) },
      'GET',
      `/v2/${repositoryName}/manifests/v1`,
    )

  test('pulls with a policy of the repository and, at both doors, not without', async () => {
    await expect(pullByApi()).rejects.toMatchObject({ name: 'AccessDeniedException', message: denial })
    const refused = await getManifest()
    expect([refused.status, await refused.json()]).toEqual([
      403,
      { errors: [{ code: 'DENIED', message: denial }] },
    ])
    await letIn(['ecr:BatchGetImage'])
    expect((await pullByApi()).images).toMatchObject([{ imageId: { imageDigest: image.digest } }])
    expect((await getManifest()).headers.get('docker-content-digest')).toBe(image.digest)
    await letOut()
    await expect(pullByApi()).rejects.toMatchObject({ name: 'AccessDeniedException' })
    expect((await getManifest()).status).toBe(403)
  })

  testAsRootWith('dockerd', 'docker')('pulls through docker with, and only with, a policy', async () => {
    await using dockerd = await startDockerd()
    const { docker } = dockerd
    const login = async (password: string) =>
      docker.output(['login', '--username', 'AWS', '--password-stdin', berth.host], { input: password })
    const reference = `${berth.host}/${repositoryName}:docker`
    const { authorizationData = [] } = await owners.send(new GetAuthorizationTokenCommand({}))
    const [, ownersPassword = ''] = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64')
      .toString()
      .split(':')
    await login(ownersPassword)
    await buildImageOf(docker, [reference], { 'a.txt': 'shared' })
    await docker.output(['push', reference])
    await docker.output(['rmi', '--force', reference])
    await login(await guestsPassword())
    const refused = await docker.run(['pull', reference])
    expect(refused.stderr).toContain('is not authorized to perform: ecr:BatchGetImage')
    await letIn(['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'])
    await docker.output(['pull', reference])
    expect((await docker.run(['push', reference])).stderr).toMatch(/ecr:(BatchCheckLayer|InitiateLayer)/)
    await letOut()
    await docker.output(['rmi', '--force', reference])
    expect((await docker.run(['pull', reference])).exitCode).not.toBe(0)
  })
})

test("accounts are listed, by the server's own account alone", async () => {
  expect(await account('list')).toMatch(
    new RegExp(
      `^ACCOUNT +ALIAS +CREATED +ROOT KEYS\n${owner} +team-a +.*${ownersKey.accessKeyId}\n${guest} `,
    ),
  )
  const env = {
    AWS_ENDPOINT_URL: berth.url,
    AWS_ACCESS_KEY_ID: guestsKey.accessKeyId,
    AWS_SECRET_ACCESS_KEY: guestsKey.secretAccessKey,
    AWS_REGION: 'us-east-1',
  }
  const refused = await runProgram(process.execPath, [BERTH, 'account', 'list'], { env })
  expect(refused.exitCode).not.toBe(0)
  expect(refused.stderr).toContain('is not authorized to perform: berth:ListAccounts')
})

test('a key that is taken back ends its logins, and the account goes on with another', async () => {
  const key: Key = JSON.parse(await account('new-key', guest, '--json'))
  const other = await ecrClientOf(berth, key)
  const access = await logIn(berth, other)
  const catalog = () => send(access, 'GET', '/v2/_catalog')
  expect((await catalog()).status).toBe(200)
  expect(await account('revoke-key', guest, key.accessKeyId)).toContain('good for nothing')
  expect((await catalog()).status).toBe(401)
  await expect(logIn(berth, other)).rejects.toMatchObject({ name: 'UnrecognizedClientException' })
  await logIn(berth, guests)
})
