import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  DescribeImageReplicationStatusCommand,
  PutReplicationConfigurationCommand,
} from '@aws-sdk/client-ecr'
import { expect, vi } from 'vitest'
import { parseRegion } from '../../src/core/names/region.ts'
import { outputOf } from '../support/client.ts'
import { buildImageOf } from '../support/docker-images.ts'
import { startDockerd } from '../support/dockerd.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { type Caller, type LocalBerth, startBerth } from '../support/start-berth.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'

const region = 'eu-west-1'
const repositoryName = 'team/app'

async function startPair() {
  const peer = await startBerth()
  const { rootAccessKey: accessKeyId, rootSecretKey: secretAccessKey } = peer.secrets
  const peers = [{ url: peer.url, region: parseRegion(region), accessKeyId, secretAccessKey }]
  const berth = await startBerth({ outboundNetworks: '127.0.0.0/8', peers })
  const rules = [{ destinations: [{ region, registryId: '000000000000' }] }]
  await berth.ecr.send(new PutReplicationConfigurationCommand({ replicationConfiguration: { rules } }))
  await berth.createRepository(repositoryName)
  return {
    peer,
    berth,
    async [Symbol.asyncDispose]() {
      await berth[Symbol.asyncDispose]()
      await peer[Symbol.asyncDispose]()
    },
  }
}

async function isReplicated({ ecr }: LocalBerth, imageTag: string): Promise<boolean> {
  const asked = { repositoryName, imageId: { imageTag } }
  const { replicationStatuses } = await ecr.send(new DescribeImageReplicationStatusCommand(asked))
  return replicationStatuses?.[0]?.status === 'COMPLETE'
}

testAsRootWith(
  'dockerd',
  'docker',
  'skopeo',
)('what docker pushes to one Berth, docker and skopeo pull from another', async () => {
  await using pair = await startPair()
  await using dockerd = await startDockerd()
  const { docker } = dockerd
  const logIn = async ({ registryHost, password }: LocalBerth, caller: Caller = {}) => {
    const login = ['login', '--username', 'AWS', '--password-stdin', registryHost]
    await docker.output(login, { input: await password(caller) })
  }
  const here = `${pair.berth.registryHost}/${repositoryName}:v1`
  const there = `${pair.peer.registryHost}/${repositoryName}:v1`
  await logIn(pair.berth)
  await buildImageOf(docker, [here], { from: 'here' })
  await docker.output(['push', here])
  await vi.waitUntil(() => isReplicated(pair.berth, 'v1'), { timeout: 30_000, interval: 100 })
  const built = await docker.output(['image', 'inspect', '--format', '{{.Id}}', here])
  await docker.output(['image', 'rm', here])
  await logIn(pair.peer, { region })
  await docker.output(['pull', there])
  expect(await docker.output(['image', 'inspect', '--format', '{{.Id}}', there])).toBe(built)
  await using folder = await temporaryFolder()
  const credentials = `AWS:${await pair.peer.password({ region })}`
  const copy = ['copy', '--src-tls-verify=false', '--src-creds', credentials]
  await outputOf('skopeo', ['--insecure-policy', ...copy, `docker://${there}`, `dir:${folder.path}`])
  const manifest = JSON.parse(await readFile(join(folder.path, 'manifest.json'), 'utf8'))
  expect(manifest.config.digest).toBe(built)
})
