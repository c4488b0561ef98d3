import {
  CreateRepositoryCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
  ListImagesCommand,
} from '@aws-sdk/client-ecr'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { describe, expect, test } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { buildImageOf } from '../support/docker-images.ts'
import { startDockerd } from '../support/dockerd.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { pullImage } from '../support/pull-image.ts'
import { pushImage } from '../support/push-image.ts'
import { send } from '../support/registry-client.ts'
import { fetchPassword } from '../support/registry-login.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { randomImage } from '../support/test-image.ts'

const repositoryName = 'team/app'
const random = new SeededRandom('accounts and regions')

test('repositories of one name live in two regions, each with its own images', async () => {
  await using berth = await startBerthProcess()
  const [home, away] = [await ecrClientOf(berth), await ecrClientOf(berth, { region: 'eu-central-1' })]
  for (const ecr of [home, away]) await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const image = randomImage(random)
  const registry = await logIn(berth, away)
  await pushImage(registry, repositoryName, 'v1', image)
  expect(await pullImage(registry, repositoryName, 'v1')).toBe(image.digest)
  expect(await tagsOf(away)).toEqual(['v1'])
  expect(await tagsOf(home)).toEqual([])
  expect(await arnsOf(away)).toEqual([`arn:aws:ecr:eu-central-1:000000000000:repository/${repositoryName}`])
})

test('a login to one region finds nothing of another', async () => {
  await using berth = await startBerthProcess()
  const [home, away] = [await ecrClientOf(berth), await ecrClientOf(berth, { region: 'eu-central-1' })]
  await home.send(new CreateRepositoryCommand({ repositoryName }))
  await pushImage(await logIn(berth, home), repositoryName, 'v1', randomImage(random))
  const answer = await send(await logIn(berth, away), 'GET', `/v2/${repositoryName}/manifests/v1`)
  expect(answer.status).toBe(404)
  expect(await answer.json()).toMatchObject({ errors: [{ code: 'NAME_UNKNOWN' }] })
})

test('the convention of emulators, test and test, is refused without --dev', async () => {
  await using berth = await startBerthProcess()
  const ecr = await ecrClientOf(berth, { accessKeyId: 'test', secretAccessKey: 'test' })
  await expect(ecr.send(new DescribeRepositoriesCommand())).rejects.toMatchObject({
    name: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  })
})

describe('with --dev', () => {
  const accounts = ['111122223333', '444455556666'] as const

  test('test and test are the keys of the default account', async () => {
    await using berth = await startBerthProcess({ flags: ['--dev'] })
    const ecr = await ecrClientOf(berth, { accessKeyId: 'test', secretAccessKey: 'test' })
    const { repository } = await ecr.send(new CreateRepositoryCommand({ repositoryName }))
    expect(repository?.registryId).toBe('000000000000')
  })

  test('an access key id of twelve digits is an account of its own', async () => {
    await using berth = await startBerthProcess({ flags: ['--dev'] })
    for (const account of accounts) {
      const ecr = await ofAccount(berth, account)
      await ecr.send(new CreateRepositoryCommand({ repositoryName }))
      await pushImage(await logIn(berth, ecr), repositoryName, account, randomImage(random))
      expect(await identityOf(berth, account)).toBe(`arn:aws:iam::${account}:root`)
      expect(await tagsOf(ecr)).toEqual([account])
    }
  })

  testAsRootWith('dockerd', 'docker')('docker works in the account whose login it used last', async () => {
    await using berth = await startBerthProcess({ flags: ['--dev'] })
    await using dockerd = await startDockerd()
    const login = ['login', '--username', 'AWS', '--password-stdin', berth.host]
    for (const account of accounts) {
      const ecr = await ofAccount(berth, account)
      await ecr.send(new CreateRepositoryCommand({ repositoryName }))
      await dockerd.docker.output(login, { input: await fetchPassword(ecr) })
      const reference = `${berth.host}/${repositoryName}:${account}`
      await buildImageOf(dockerd.docker, [reference], { account })
      await dockerd.docker.output(['push', reference])
      expect(await tagsOf(ecr)).toEqual([account])
    }
  })
})

function ofAccount(berth: BerthProcess, account: string): Promise<ECRClient> {
  return ecrClientOf(berth, { accessKeyId: account, secretAccessKey: 'test' })
}

async function identityOf(berth: BerthProcess, account: string): Promise<string | undefined> {
  const credentials = { accessKeyId: account, secretAccessKey: 'test' }
  const sts = new STSClient({ endpoint: berth.url, region: 'us-east-1', credentials })
  const { Arn } = await sts.send(new GetCallerIdentityCommand())
  return Arn
}

async function tagsOf(ecr: ECRClient): Promise<(string | undefined)[]> {
  const { imageIds = [] } = await ecr.send(new ListImagesCommand({ repositoryName }))
  return imageIds.map(({ imageTag }) => imageTag)
}

async function arnsOf(ecr: ECRClient): Promise<(string | undefined)[]> {
  const { repositories = [] } = await ecr.send(new DescribeRepositoriesCommand())
  return repositories.map(({ repositoryArn }) => repositoryArn)
}
