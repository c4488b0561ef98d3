import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateRepositoryCommand,
  DescribeImageSigningStatusCommand,
  type ECRClient,
  PutSigningConfigurationCommand,
} from '@aws-sdk/client-ecr'
import { expect, vi } from 'vitest'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testWith } from '../support/installed-programs.ts'
import { pushImage } from '../support/push-image.ts'
import { fetchPassword } from '../support/registry-login.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { randomImage } from '../support/test-image.ts'

const repositoryName = 'team/app'
const trustPolicy = {
  version: '1.0',
  trustPolicies: [
    {
      name: 'berth',
      registryScopes: ['*'],
      signatureVerification: { level: 'strict' },
      trustStores: ['ca:berth'],
      trustedIdentities: ['*'],
    },
  ],
}

const keys = (berth: BerthProcess, ...args: readonly string[]) =>
  outputOf(process.execPath, [BERTH, 'keys', ...args, '--data-dir', berth.dataDir])

testWith('notation')(
  'notation verifies what Berth signs on push, and nothing that another key signed',
  async () => {
    await using berth = await startBerthProcess()
    await using folder = await temporaryFolder()
    const ecr = await ecrClientOf(berth)
    await ecr.send(new CreateRepositoryCommand({ repositoryName }))
    const signed = await pushSigned(berth, ecr, 'release')
    const other = await pushSigned(berth, ecr, 'other')
    const env = { HOME: folder.path, XDG_CONFIG_HOME: folder.path }
    const notation = (...args: readonly string[]) => outputOf('notation', args, { env })
    const certificate = join(folder.path, 'berth.pem')
    await writeFile(certificate, `${await keys(berth, 'certificate', 'release')}\n`)
    await notation('certificate', 'add', '--type', 'ca', '--store', 'berth', certificate)
    const policy = join(folder.path, 'policy.json')
    await writeFile(policy, JSON.stringify(trustPolicy))
    await notation('policy', 'import', policy)
    const login = ['--username', 'AWS', '--password', await fetchPassword(ecr), '--insecure-registry']
    const verify = (digest: string) =>
      notation('verify', ...login, `${berth.host}/${repositoryName}@${digest}`)
    expect(await verify(signed)).toContain('Successfully verified signature')
    await expect(verify(other)).rejects.toThrow('signature verification failed for all the signatures')
  },
)

/** Pushes an image that is signed under a new profile. */
async function pushSigned(berth: BerthProcess, ecr: ECRClient, profile: string): Promise<string> {
  const arn = /arn:\S+/.exec(await keys(berth, 'create', profile))?.[0]
  const signingConfiguration = { rules: [{ signingProfileArn: arn }] }
  await ecr.send(new PutSigningConfigurationCommand({ signingConfiguration }))
  const image = randomImage(new SeededRandom(profile))
  await pushImage(await logIn(berth, ecr), repositoryName, profile, image)
  await vi.waitFor(
    async () => {
      const asked = { repositoryName, imageId: { imageDigest: image.digest } }
      const { signingStatuses } = await ecr.send(new DescribeImageSigningStatusCommand(asked))
      expect(signingStatuses).toMatchObject([{ status: 'COMPLETE' }])
    },
    { timeout: 30_000 },
  )
  return image.digest
}
