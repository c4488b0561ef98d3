import {
  CreateRepositoryCommand,
  CreateRepositoryCreationTemplateCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  type ECRClient,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect } from 'vitest'
import { type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { buildBusyboxImage, buildImageOf } from '../support/docker-images.ts'
import { type Dockerd, startDockerd } from '../support/dockerd.ts'
import { ecrClientOf } from '../support/ecr-client.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { fetchPassword } from '../support/registry-login.ts'

const test = testAsRootWith('dockerd', 'docker', 'ctr', 'busybox')
let berth: BerthProcess
let dockerd: Dockerd
let ecr: ECRClient

beforeAll(async () => {
  berth = await startBerthProcess()
  dockerd = await startDockerd()
  ecr = await ecrClientOf(berth)
  for (const repositoryName of ['team/first', 'team/second', 'tools/busybox']) {
    await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  }
  const login = ['login', '--username', 'AWS', '--password-stdin', berth.host]
  await dockerd.docker.output(login, { input: await fetchPassword(ecr) })
})

afterAll(async () => {
  await dockerd?.[Symbol.asyncDispose]()
  await berth?.[Symbol.asyncDispose]()
})

test('an image is pulled by its digest', async () => {
  const reference = `${berth.host}/team/first:by-digest`
  await buildImageOf(dockerd.docker, [reference], { 'a.txt': 'by digest' })
  const digest = await push(reference)
  const id = await imageId(reference)
  await dockerd.docker.output(['rmi', '--force', id])
  const pinned = `${berth.host}/team/first@${digest}`
  await dockerd.docker.output(['pull', pinned])
  expect(await imageId(pinned)).toBe(id)
})

test('layers that another repository holds are mounted, not sent again', async () => {
  const [first, second] = [`${berth.host}/team/first:mounted`, `${berth.host}/team/second:mounted`]
  await buildImageOf(dockerd.docker, [first, second], { 'a.txt': 'to be mounted' })
  await push(first)
  expect(await dockerd.docker.output(['push', second])).toContain('Mounted from team/first')
})

test('layers that the repository holds are not sent again', async () => {
  const [one, two] = [`${berth.host}/team/first:once`, `${berth.host}/team/first:twice`]
  await buildImageOf(dockerd.docker, [one, two], { 'a.txt': 'sent once' })
  await push(one)
  expect(await dockerd.docker.output(['push', two])).toContain('Layer already exists')
})

test('a program pulled from the registry runs', async () => {
  const reference = `${berth.host}/tools/busybox:latest`
  await buildBusyboxImage(dockerd.docker, reference)
  await push(reference)
  await dockerd.docker.output(['rmi', '--force', await imageId(reference)])
  const run = ['run', '--rm', '--network', 'none', reference, 'echo', 'ahoy']
  expect(await dockerd.docker.output(run)).toBe('ahoy')
})

test('a push makes the repository that a template is for, and no other', async () => {
  await ecr.send(
    new CreateRepositoryCreationTemplateCommand({
      prefix: 'made',
      appliedFor: ['CREATE_ON_PUSH'],
      imageTagMutability: 'IMMUTABLE',
    }),
  )
  const [made, refused] = [`${berth.host}/made/on/push:v1`, `${berth.host}/unmade/on/push:v1`]
  await buildImageOf(dockerd.docker, [made, refused], { 'a.txt': 'into a new repository' })
  await push(made)
  const described = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['made/on/push'] }))
  expect(described.repositories?.[0]?.imageTagMutability).toBe('IMMUTABLE')
  const { exitCode, stderr } = await dockerd.docker.run(['push', refused])
  expect(exitCode).not.toBe(0)
  expect(stderr).toContain(
    "name unknown: The repository with name 'unmade/on/push' does not exist in the registry with id '000000000000'",
  )
})

test('all tags of a repository are pulled at once', async () => {
  const tags = ['all-1', 'all-2', 'all-3']
  const references = tags.map((tag) => `${berth.host}/team/second:${tag}`)
  for (const reference of references) {
    await buildImageOf(dockerd.docker, [reference], { 'a.txt': reference })
    await push(reference)
  }
  await dockerd.docker.output(['rmi', '--force', ...references])
  await dockerd.docker.output(['pull', '--all-tags', `${berth.host}/team/second`])
  const found = await dockerd.docker.output(['images', '--format', '{{.Tag}}', `${berth.host}/team/second`])
  expect(found.split('\n')).toEqual(expect.arrayContaining(tags))
})

test('docker manifest puts the images of two platforms under one tag', async () => {
  const images = ['amd64', 'arm64'].map((arch) => `${berth.host}/team/first:${arch}`)
  for (const image of images) {
    await buildImageOf(dockerd.docker, [image], { 'a.txt': image })
    await push(image)
  }
  const list = `${berth.host}/team/first:both`
  await dockerd.docker.output(['manifest', 'create', '--insecure', list, ...images])
  await dockerd.docker.output(['manifest', 'annotate', '--arch', 'arm64', list, images[1] ?? ''])
  const digest = await dockerd.docker.output(['manifest', 'push', '--insecure', list])
  const { imageDetails } = await ecr.send(
    new DescribeImagesCommand({ repositoryName: 'team/first', imageIds: [{ imageTag: 'both' }] }),
  )
  expect(imageDetails).toEqual([
    expect.objectContaining({
      imageDigest: digest,
      imageManifestMediaType: 'application/vnd.docker.distribution.manifest.list.v2+json',
    }),
  ])
})

test('containerd pulls what docker pushed, and pushes it under another tag', async () => {
  const [theirs, ours] = [`${berth.host}/team/first:docker`, `${berth.host}/team/second:containerd`]
  await buildImageOf(dockerd.docker, [theirs], { 'a.txt': 'for containerd' })
  const digest = await push(theirs)
  const login = ['--plain-http', '--user', `AWS:${await fetchPassword(ecr)}`]
  await dockerd.ctr.output(['images', 'pull', ...login, theirs])
  await dockerd.ctr.output(['images', 'tag', theirs, ours])
  await dockerd.ctr.output(['images', 'push', ...login, ours])
  expect(await dockerd.docker.output(['pull', ours])).toContain(digest)
})

test('a push to a repository that nobody created is refused with its name', async () => {
  const reference = `${berth.host}/nobody/made-this:v1`
  await buildImageOf(dockerd.docker, [reference], { 'a.txt': 'homeless' })
  const { exitCode, stderr } = await dockerd.docker.run(['push', reference])
  expect(exitCode).toBe(1)
  expect(stderr).toContain(
    "name unknown: The repository with name 'nobody/made-this' does not exist in the registry with id '000000000000'",
  )
})

test('a tag that nobody pushed is not found', async () => {
  const { exitCode, stderr } = await dockerd.docker.run(['pull', `${berth.host}/team/first:never`])
  expect(exitCode).toBe(1)
  expect(stderr).toContain('not found')
})

test('a wrong password is refused at login', async () => {
  const login = ['login', '--username', 'AWS', '--password-stdin', berth.host]
  const env = { DOCKER_CONFIG: `${dockerd.env.DOCKER_CONFIG}/stranger` }
  const { exitCode, stderr } = await dockerd.docker.run(login, { input: 'wrong', env })
  expect(exitCode).toBe(1)
  expect(stderr).toContain('401 Unauthorized')
})

test('without a login nothing is pulled', async () => {
  const env = { DOCKER_CONFIG: `${dockerd.env.DOCKER_CONFIG}/stranger` }
  const { exitCode, stderr } = await dockerd.docker.run(['pull', `${berth.host}/team/first:once`], { env })
  expect(exitCode).toBe(1)
  expect(stderr).toContain('no basic auth credentials')
})

/** Pushes and resolves to the digest that docker reports. */
async function push(reference: string): Promise<string> {
  const said = await dockerd.docker.output(['push', reference])
  return /digest: (sha256:[0-9a-f]{64})/.exec(said)?.[1] ?? said
}

function imageId(reference: string): Promise<string> {
  return dockerd.docker.output(['inspect', '--format', '{{.Id}}', reference])
}
