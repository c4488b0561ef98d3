import { setTimeout as wait } from 'node:timers/promises'
import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  ListImagesCommand,
  UpdateImageStorageClassCommand,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect } from 'vitest'
import { type ContainersDesk, openContainersDesk } from '../support/containers-desk.ts'
import { testAsRootWith } from '../support/installed-programs.ts'

const test = testAsRootWith('skopeo', 'buildah', 'podman')
const repositoryName = 'team/app'
const imageId = { imageTag: 'v1' }
let desk: ContainersDesk

beforeAll(async () => {
  desk = await openContainersDesk([repositoryName])
})
afterAll(() => desk?.[Symbol.asyncDispose]())

test('an archived image is not pulled, and comes back by a restore that outlives a crash, or by a push', async () => {
  await desk.build('localhost/archive:v1', 'archive')
  await push()
  expect(await change('ARCHIVE')).toBe('ARCHIVED')
  expect(await pull()).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('Requested image is archived'),
  })
  expect(await failures()).toMatchObject([{ failureCode: 'ImageInaccessible' }])
  expect((await desk.ecr.send(new ListImagesCommand({ repositoryName }))).imageIds).toEqual([])

  expect(await change('STANDARD')).toBe('ACTIVATING')
  await desk.berth.kill()
  await desk.berth.start()
  while ((await statusOf()) !== 'ACTIVE') await wait(100)
  expect(await pull()).toMatchObject({ exitCode: 0 })

  await change('ARCHIVE')
  await push()
  expect(await statusOf()).toBe('ACTIVE')
  expect(await pull()).toMatchObject({ exitCode: 0 })
})

function there(): string {
  return `docker://${desk.berth.host}/${repositoryName}:v1`
}

async function push(): Promise<void> {
  const from = 'containers-storage:localhost/archive:v1'
  await desk.skopeo.output(['copy', '--dest-tls-verify=false', from, there()])
}

function pull() {
  return desk.skopeo.run(['copy', '--src-tls-verify=false', there(), `dir:${desk.folder}/pulled`])
}

async function change(targetStorageClass: 'ARCHIVE' | 'STANDARD') {
  const update = new UpdateImageStorageClassCommand({ repositoryName, imageId, targetStorageClass })
  return (await desk.ecr.send(update)).imageStatus
}

async function failures() {
  return (await desk.ecr.send(new BatchGetImageCommand({ repositoryName, imageIds: [imageId] }))).failures
}

async function statusOf() {
  const asked = new DescribeImagesCommand({ repositoryName, imageIds: [imageId] })
  return (await desk.ecr.send(asked)).imageDetails?.[0]?.imageStatus
}
