import { join } from 'node:path'
import {
  BatchDeleteImageCommand,
  DescribeImagesCommand,
  type ImageDetail,
  ListImageReferrersCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect } from 'vitest'
import { type BuildxLayout, writeBuildxLayout } from '../support/buildx-layout.ts'
import { type ContainersDesk, openContainersDesk } from '../support/containers-desk.ts'
import { startDockerd } from '../support/dockerd.ts'
import { testAsRootWith } from '../support/installed-programs.ts'
import { blobsOf, type TestImage } from '../support/test-image.ts'

const test = testAsRootWith('dockerd', 'docker', 'podman', 'skopeo', 'buildah')
const architecture = process.arch === 'x64' ? 'amd64' : process.arch
let desk: ContainersDesk

beforeAll(async () => {
  desk = await openContainersDesk(['team/docker', 'team/podman', 'team/sizes', 'team/deleted'])
})
afterAll(() => desk?.[Symbol.asyncDispose]())

test('docker pulls the image of its platform from an index with attestations', async () => {
  const { index, images } = await pushed('team/docker')
  await using dockerd = await startDockerd()
  const { docker } = dockerd
  const login = ['login', '--username', 'AWS', '--password-stdin', desk.berth.host]
  await docker.output(login, { input: desk.password })
  const reference = `${desk.berth.host}/team/docker:v1`
  expect(await docker.output(['pull', reference])).toContain(index)
  const inspect = ['image', 'inspect', '--format', '{{.Architecture}} {{.Id}}', reference]
  expect(await docker.output(inspect)).toBe(`${architecture} ${images.get(architecture)?.config.digest}`)
})

test('podman pulls the image of each platform from an index with attestations', async () => {
  const { images } = await pushed('team/podman')
  const reference = `${desk.berth.host}/team/podman:v1`
  for (const [arch, { config }] of images) {
    await desk.podman.output(['pull', '--tls-verify=false', '--arch', arch, reference])
    const inspect = ['image', 'inspect', '--format', '{{.Architecture}} sha256:{{.Id}}', reference]
    expect(await desk.podman.output(inspect)).toBe(`${arch} ${config.digest}`)
  }
})

test('an index with attestations is as large as the largest of what it lists', async () => {
  const { index, images, attestations } = await pushed('team/sizes')
  const all = [...images.values(), ...attestations.values()]
  const sizes = new Map(all.map((image) => [image.digest, bytesOf(image)]))
  const largest = Math.max(...sizes.values())
  const described = (await describeImages('team/sizes')).map(
    (detail) => [detail.imageDigest, detail.imageSizeInBytes] as const,
  )
  expect(new Map(described)).toEqual(new Map([...sizes, [index, largest]]))
})

test('an attestation with a subject is a referrer of its image', async () => {
  const { images, attestations } = await pushed('team/sizes')
  const referrersOf = async (arch: string) => {
    const subjectId = { imageDigest: images.get(arch)?.digest }
    const command = new ListImageReferrersCommand({ repositoryName: 'team/sizes', subjectId })
    return (await desk.ecr.send(command)).referrers?.map(({ digest }) => digest)
  }
  expect(await referrersOf('amd64')).toEqual([])
  expect(await referrersOf('arm64')).toEqual([attestations.get('arm64')?.digest])
})

test('what an index with attestations lists is deleted after it, not before', async () => {
  const { index, images, attestations } = await pushed('team/deleted')
  const children = [...images.values(), ...attestations.values()].map(({ digest }) => digest)
  expect((await remove(children)).failures?.map(({ failureCode }) => failureCode)).toEqual(
    children.map(() => 'ImageReferencedByManifestList'),
  )
  expect((await remove([index])).failures).toEqual([])
  const left = (await describeImages('team/deleted')).map(({ imageDigest }) => imageDigest)
  expect(left.toSorted()).toEqual(children.toSorted())
  expect((await remove(children)).failures).toEqual([])
  expect(await describeImages('team/deleted')).toEqual([])
})

/** What buildx would have pushed, pushed by skopeo. */
async function pushed(repository: string): Promise<BuildxLayout> {
  const folder = join(desk.folder, repository)
  const layout = await writeBuildxLayout(folder)
  const to = `docker://${desk.berth.host}/${repository}:v1`
  await desk.skopeo.output(['copy', '--all', '--dest-tls-verify=false', `oci:${folder}:v1`, to])
  return layout
}

async function describeImages(repositoryName: string): Promise<ImageDetail[]> {
  const { imageDetails = [] } = await desk.ecr.send(new DescribeImagesCommand({ repositoryName }))
  return imageDetails
}

function remove(digests: readonly string[]) {
  const imageIds = digests.map((imageDigest) => ({ imageDigest }))
  return desk.ecr.send(new BatchDeleteImageCommand({ repositoryName: 'team/deleted', imageIds }))
}

function bytesOf(image: TestImage): number {
  return blobsOf(image).reduce((sum, { content }) => sum + content.length, 0)
}
