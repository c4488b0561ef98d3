import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { findAwsCli } from '../support/aws-cli.ts'
import { type Desk, openDesk } from '../support/desk.ts'
import { testAsRootWith, testUnless } from '../support/installed-programs.ts'
import { SeededRandom } from '../support/seeded-random.ts'
import { digestOf } from '../support/test-image.ts'

const PART = 5 * 1024 * 1024
const aws = (await findAwsCli(2)) ?? (await findAwsCli(1))
const test = aws ? testAsRootWith('dockerd', 'docker') : testUnless('no aws CLI installed')
const repository = '--repository-name team/api'
let desk: Desk

beforeAll(async () => {
  if (!aws) return
  desk = await openDesk(aws)
  await desk.type('aws ecr create-repository --repository-name team/api')
})
afterAll(() => desk?.[Symbol.asyncDispose]())

test('docker pulls an image whose layers and manifest came through the JSON API alone', async () => {
  const layer = await makeLayer()
  const config = await makeConfig()
  for (const file of ['layer.tar.gz', 'config.json']) await uploadLayer(file)
  await writeFile(join(desk.folder, 'manifest.json'), JSON.stringify(manifestOf(config, layer)))
  const put = `aws ecr put-image ${repository} --image-tag v1 --image-manifest file://manifest.json`
  expect(JSON.parse(await desk.type(put)).image.imageId.imageTag).toBe('v1')
  const reference = `${desk.berth.host}/team/api:v1`
  const login = `docker login --username AWS --password-stdin ${desk.berth.host}`
  await desk.type(`aws ecr get-login-password | ${login} && docker pull ${reference}`)
  expect(await desk.type(`docker inspect --format '{{.Id}}' ${reference}`)).toBe(config.digest)
})

test('batch-check-layer-availability tells which layers are there', async () => {
  const missing = `sha256:${'0'.repeat(64)}`
  const digest = digestOf(await readFile(join(desk.folder, 'config.json')))
  const check = `aws ecr batch-check-layer-availability ${repository} --layer-digests ${digest} ${missing}`
  const { layers, failures } = JSON.parse(await desk.type(check))
  expect(failures).toEqual([])
  expect(layers).toEqual([
    expect.objectContaining({ layerDigest: digest, layerAvailability: 'AVAILABLE' }),
    { layerDigest: missing, layerAvailability: 'UNAVAILABLE' },
  ])
})

test('a part that leaves a gap is refused, and the right one still fits', async () => {
  await writeFile(join(desk.folder, 'gap'), 'abc')
  const upload = await startUpload()
  const { stderr } = await desk.try(uploadPart(upload, 'gap', 10, 12))
  expect(stderr).toContain('(InvalidLayerPartException) when calling the UploadLayerPart operation')
  expect(JSON.parse(await desk.type(uploadPart(upload, 'gap', 0, 2))).lastByteReceived).toBe(2)
})

test('a layer whose bytes have another digest is refused', async () => {
  await writeFile(join(desk.folder, 'other'), 'other bytes')
  const upload = await startUpload()
  await desk.type(uploadPart(upload, 'other', 0, 10))
  const complete = `aws ecr complete-layer-upload ${repository} --upload-id ${upload}`
  const { stderr } = await desk.try(`${complete} --layer-digests sha256:${'1'.repeat(64)}`)
  expect(stderr).toContain(
    '(InvalidLayerException) when calling the CompleteLayerUpload operation: None of the provided layer digests match the calculated layer digest',
  )
})

test('an upload without parts is refused', async () => {
  const upload = await startUpload()
  const complete = `aws ecr complete-layer-upload ${repository} --upload-id ${upload}`
  const { stderr } = await desk.try(`${complete} --layer-digests sha256:${'1'.repeat(64)}`)
  expect(stderr).toContain(
    `(EmptyUploadException) when calling the CompleteLayerUpload operation: The upload with id '${upload}' in the repository with name 'team/api' in registry with id '000000000000' cannot be completed because it does not have any parts`,
  )
})

/** A real layer of two parts. */
async function makeLayer() {
  await writeFile(join(desk.folder, 'data'), new SeededRandom('layer').bytes(PART + 1_000_000))
  await desk.type('tar -cf layer.tar data && gzip --no-name --fast < layer.tar > layer.tar.gz')
  return descriptor('application/vnd.docker.image.rootfs.diff.tar.gzip', 'layer.tar.gz')
}

async function makeConfig() {
  const diff = digestOf(await readFile(join(desk.folder, 'layer.tar')))
  const config = { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: [diff] } }
  await writeFile(join(desk.folder, 'config.json'), JSON.stringify(config))
  return descriptor('application/vnd.docker.container.image.v1+json', 'config.json')
}

async function descriptor(mediaType: string, file: string) {
  const content = await readFile(join(desk.folder, file))
  return { mediaType, size: content.length, digest: digestOf(content) }
}

function manifestOf(config: object, layer: object) {
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json'
  return { schemaVersion: 2, mediaType, config, layers: [layer] }
}

async function uploadLayer(file: string): Promise<void> {
  const content = await readFile(join(desk.folder, file))
  const upload = await startUpload()
  for (let first = 0; first < content.length; first += PART) {
    const part = content.subarray(first, first + PART)
    await writeFile(join(desk.folder, 'part'), part)
    await desk.type(uploadPart(upload, 'part', first, first + part.length - 1))
  }
  const complete = `aws ecr complete-layer-upload ${repository} --upload-id ${upload}`
  await desk.type(`${complete} --layer-digests ${digestOf(content)}`)
}

function startUpload(): Promise<string> {
  return desk.type(`aws ecr initiate-layer-upload ${repository} --query uploadId --output text`)
}

function uploadPart(upload: string, file: string, first: number, last: number): string {
  const range = `--part-first-byte ${first} --part-last-byte ${last}`
  return `aws ecr upload-layer-part ${repository} --upload-id ${upload} ${range} --layer-part-blob fileb://${file}`
}
