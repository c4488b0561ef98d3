import { CreatePullThroughCacheRuleCommand, CreateRepositoryCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect } from 'vitest'
import { outputOf } from '../support/client.ts'
import { buildBusyboxImage } from '../support/docker-images.ts'
import { type DockerRegistry, startDockerRegistry } from '../support/docker-registry.ts'
import { type Dockerd, startDockerd } from '../support/dockerd.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { type LocalBerth, startBerth } from '../support/start-berth.ts'

const test = testAsRootWith('dockerd', 'docker', 'docker-registry', 'skopeo', 'busybox')
let upstream: DockerRegistry
let berth: LocalBerth
let dockerd: Dockerd

beforeAll(async () => {
  upstream = await startDockerRegistry()
  berth = await startBerth({
    outboundNetworks: '127.0.0.0/8',
    upstreamRegistries: `http://${upstream.host}`,
  })
  await berth.ecr.send(
    new CreatePullThroughCacheRuleCommand({
      ecrRepositoryPrefix: 'cached',
      upstreamRegistryUrl: `http://${upstream.host}`,
    }),
  )
  await berth.ecr.send(new CreateRepositoryCommand({ repositoryName: 'copies' }))
  dockerd = await startDockerd()
  const login = ['login', '--username', 'AWS', '--password-stdin', berth.registryHost]
  await dockerd.docker.output(login, { input: await berth.password() })
})

afterAll(async () => {
  await dockerd?.[Symbol.asyncDispose]()
  await berth?.[Symbol.asyncDispose]()
  await upstream?.[Symbol.asyncDispose]()
})

test('docker runs a program that Berth brings from its upstream, and skopeo copies it on', async () => {
  const there = `${upstream.host}/tools/busybox:v1`
  const here = `${berth.registryHost}/cached/tools/busybox:v1`
  await buildBusyboxImage(dockerd.docker, there)
  await dockerd.docker.output(['push', there])
  await dockerd.docker.output(['rmi', '--force', there])
  const run = ['run', '--rm', '--network', 'none', here, 'echo', 'ahoy']
  expect(await dockerd.docker.output(run)).toContain('ahoy')
  const credentials = `AWS:${await berth.password()}`
  const [from, to] = [`docker://${here}`, `docker://${berth.registryHost}/copies:v1`]
  const flags = ['--src-tls-verify=false', '--dest-tls-verify=false', '--src-creds', credentials]
  await outputOf('skopeo', ['copy', ...flags, '--dest-creds', credentials, from, to])
  await dockerd.docker.output(['pull', `${berth.registryHost}/copies:v1`])
})
