import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CreateRepositoryCommand, DescribeImagesCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { exportedBy } from '../support/berth-env.ts'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { type Client, createClient } from '../support/client.ts'
import { type Dockerd, startDockerd } from '../support/dockerd.ts'
import { ecrClientOf } from '../support/ecr-client.ts'
import { installationsOf, testAsRootWith, testUnless } from '../support/installed-programs.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

/** AWS CDK's own publisher of assets; BERTH_TEST_CDK_ASSETS names one that isn't on the PATH. */
const [cdkAssets] = [process.env.BERTH_TEST_CDK_ASSETS ?? '', ...installationsOf('cdk-assets')].filter(
  Boolean,
)
const test = cdkAssets ? testAsRootWith('dockerd', 'docker') : testUnless('cdk-assets not installed')

const bootstrapped = 'cdk-hnb659fds-container-assets-000000000000-us-east-1'
const hash = 'f5b0a1c2d3e4f5061728394a5b6c7d8e9f00112233445566778899aabbccddee'

const assets = {
  version: '36.0.0',
  dockerImages: {
    [hash]: {
      source: { directory: 'asset' },
      destinations: {
        here: { repositoryName: bootstrapped, imageTag: hash, region: 'us-east-1' },
      },
    },
  },
}

describe('cdk-assets, as cdk deploy uses it,', () => {
  const resources = new AsyncDisposableStack()
  let berth: BerthProcess
  let dockerd: Dockerd
  let cdk: Client
  let manifest: string

  beforeAll(async () => {
    if (cdkAssets === undefined) return
    const { path } = resources.use(await temporaryFolder())
    berth = resources.use(await startBerthProcess())
    dockerd = resources.use(await startDockerd())
    manifest = join(path, 'assets.json')
    await mkdir(join(path, 'asset'))
    await writeFile(join(path, 'asset/hello'), 'from an asset')
    await writeFile(join(path, 'asset/Dockerfile'), 'FROM scratch\nCOPY hello /hello\n')
    await writeFile(manifest, JSON.stringify(assets))
    cdk = createClient(cdkAssets, ['--path', manifest], {
      ...(await exportedBy(berth)),
      ...dockerd.env,
      HOME: path,
    })
  })
  afterAll(() => resources.disposeAsync())

  test('tells that an account was not bootstrapped', async () => {
    const { exitCode, stdout, stderr } = await cdk.run(['publish'])
    expect(exitCode).not.toBe(0)
    expect(stdout + stderr).toContain(
      `No ECR repository named '${bootstrapped}' in account 000000000000. Is this account bootstrapped?`,
    )
  })

  test('builds and pushes an asset, and finds it there the next time', async () => {
    const ecr = await ecrClientOf(berth)
    const repository = { repositoryName: bootstrapped, imageTagMutability: 'IMMUTABLE' as const }
    await ecr.send(new CreateRepositoryCommand(repository))
    const first = await cdk.run(['publish', '--verbose'])
    expect(first.stdout + first.stderr).toMatch(/Push localhost:\d+\/cdk-hnb659fds/)
    expect(first.exitCode, first.stderr).toBe(0)
    const describe = { repositoryName: bootstrapped, imageIds: [{ imageTag: hash }] }
    const { imageDetails } = await ecr.send(new DescribeImagesCommand(describe))
    ecr.destroy()
    expect(imageDetails).toMatchObject([{ imageTags: [hash] }])
    const again = await cdk.run(['publish', '--verbose'])
    expect(again.stdout + again.stderr).toMatch(/Found localhost:\d+\/cdk-hnb659fds/)
    expect(again.exitCode, again.stderr).toBe(0)
  })

  test('leaves an image that docker pulls', async () => {
    const image = `${berth.host}/${bootstrapped}:${hash}`
    await dockerd.docker.output(['image', 'rm', '--force', image])
    expect(await dockerd.docker.output(['pull', '--quiet', image])).toBe(image)
  })
})
