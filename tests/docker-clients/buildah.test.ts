import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DescribeImagesCommand } from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect } from 'vitest'
import { type ContainersDesk, openContainersDesk } from '../support/containers-desk.ts'
import { testAsRootWith } from '../support/installed-programs.ts'

const test = testAsRootWith('buildah', 'podman', 'skopeo')
const plainHttp = '--tls-verify=false'
let desk: ContainersDesk

beforeAll(async () => {
  desk = await openContainersDesk(['team/app', 'team/many'])
})
afterAll(() => desk?.[Symbol.asyncDispose]())

test('buildah pulls what it built from a file and pushed', async () => {
  const reference = `${desk.berth.host}/team/app:bud`
  await desk.build(reference, 'from a file')
  await pushAndPullAgain(reference)
})

test('buildah pulls what it committed step by step and pushed', async () => {
  const reference = `${desk.berth.host}/team/app:commit`
  const container = await desk.buildah.output(['from', 'scratch'])
  await desk.buildah.output(['copy', container, import.meta.filename, '/'])
  await desk.buildah.output(['config', '--workingdir', '/', container])
  await desk.buildah.output(['commit', '--rm', container, reference])
  await pushAndPullAgain(reference)
})

test('buildah pushes an index with the images of two platforms', async () => {
  const index = `${desk.berth.host}/team/many:v1`
  await desk.buildah.output(['manifest', 'create', index])
  for (const arch of ['amd64', 'arm64']) {
    await desk.build(`localhost/for/${arch}`, `for ${arch}`)
    const child = `containers-storage:localhost/for/${arch}:latest`
    await desk.buildah.output(['manifest', 'add', '--arch', arch, index, child])
  }
  const file = join(desk.folder, 'index-digest')
  const push = ['manifest', 'push', '--all', plainHttp, '--digestfile', file, index, `docker://${index}`]
  await desk.buildah.output(push)
  const { imageDetails = [] } = await desk.ecr.send(
    new DescribeImagesCommand({ repositoryName: 'team/many' }),
  )
  expect(imageDetails).toHaveLength(3)
  const [tagged, ...others] = imageDetails.filter((detail) => detail.imageTags)
  expect(others).toEqual([])
  expect(tagged).toMatchObject({
    imageDigest: await readFile(file, 'utf8'),
    imageManifestMediaType: 'application/vnd.oci.image.index.v1+json',
  })
})

async function pushAndPullAgain(reference: string): Promise<void> {
  const file = join(desk.folder, 'digest')
  await desk.buildah.output(['push', plainHttp, '--digestfile', file, reference])
  await desk.buildah.output(['rmi', '--force', reference])
  await desk.buildah.output(['pull', plainHttp, reference])
  const inspect = ['inspect', '--type', 'image', '--format', '{{.FromImageDigest}}', reference]
  expect(await desk.buildah.output(inspect)).toBe(await readFile(file, 'utf8'))
}
