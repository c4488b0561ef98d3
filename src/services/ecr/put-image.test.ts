import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRepository } from './create-repository.ts'
import { describeImages } from './describe-images.ts'
import { putImage } from './put-image.ts'
import { putImageTagMutability } from './put-image-tag-mutability.ts'
import { type EcrDesk, openEcrDesk } from './testing/ecr-desk.ts'
import {
  imageType,
  pushImage,
  pushLayer,
  type SampleImage,
  sampleImage,
  sampleIndex,
  sha256,
} from './testing/sample-image.ts'
import { updateImageStorageClass } from './update-image-storage-class.ts'

const repositoryName = 'team/app'
const one = sampleImage('one')
let desk: EcrDesk
beforeEach(async () => {
  desk = await openEcrDesk()
  await desk.ask(createRepository, { repositoryName })
})
afterEach(() => desk[Symbol.asyncDispose]())

test('a new image is answered with its digest, its tag and the manifest as it was sent', async () => {
  await pushLayer(desk, repositoryName, one.config)
  await pushLayer(desk, repositoryName, one.layer)
  const input = { repositoryName, imageManifest: one.manifest, imageTag: 'v1', imageDigest: one.digest }
  expect(await desk.ask(putImage, input)).toEqual({
    image: {
      registryId: '111122223333',
      repositoryName,
      imageId: { imageDigest: one.digest, imageTag: 'v1' },
      imageManifest: one.manifest,
      imageManifestMediaType: imageType,
    },
  })
})

test('an image without a tag is answered without one', async () => {
  await pushImage(desk, repositoryName, sampleImage('two'), 'v2')
  const { image } = await putNew(sampleImage('three'))
  expect(image?.imageId).toEqual({ imageDigest: sampleImage('three').digest })
})

test('a stored manifest gets another tag, and a tag moves to another manifest', async () => {
  await pushImage(desk, repositoryName, one, 'v1')
  const two = await pushImage(desk, repositoryName, sampleImage('two'))
  await desk.ask(putImage, { repositoryName, imageManifest: two.manifest, imageTag: 'v2' })
  await desk.ask(putImage, { repositoryName, imageManifest: two.manifest, imageTag: 'v1' })
  expect(await tagsByDigest()).toEqual({ [one.digest]: undefined, [two.digest]: ['v1', 'v2'] })
})

test('what is so already is refused', async () => {
  await pushImage(desk, repositoryName, one, 'v1')
  const again = { repositoryName, imageManifest: one.manifest }
  await expect(desk.ask(putImage, { ...again, imageTag: 'v1' })).rejects.toMatchObject({
    name: 'ImageAlreadyExistsError',
    message: `Image with digest '${one.digest}' and tag 'v1' already exists in the repository with name 'team/app' in registry with id '111122223333'`,
  })
  await expect(desk.ask(putImage, again)).rejects.toMatchObject({
    name: 'ImageAlreadyExistsError',
    message: `Image with digest '${one.digest}' and tag 'null' already exists in the repository with name 'team/app' in registry with id '111122223333'`,
  })
})

test('an immutable tag is refused for other content and for its own', async () => {
  await pushImage(desk, repositoryName, one, 'v1')
  const two = await pushImage(desk, repositoryName, sampleImage('two'))
  await desk.ask(putImageTagMutability, { repositoryName, imageTagMutability: 'IMMUTABLE' })
  for (const { manifest } of [one, two]) {
    await expect(
      desk.ask(putImage, { repositoryName, imageManifest: manifest, imageTag: 'v1' }),
    ).rejects.toMatchObject({
      name: 'ImageTagAlreadyExistsError',
      message:
        "The image tag 'v1' already exists in the 'team/app' repository and cannot be overwritten because the repository is immutable.",
    })
  }
  await desk.ask(putImage, { repositoryName, imageManifest: two.manifest, imageTag: 'v2' })
})

test('an archived image comes back under its own immutable tag, which is refused to it from then on', async () => {
  await pushImage(desk, repositoryName, one, 'v1')
  await desk.ask(putImageTagMutability, { repositoryName, imageTagMutability: 'IMMUTABLE' })
  const imageId = { imageTag: 'v1' }
  await desk.ask(updateImageStorageClass, { repositoryName, imageId, targetStorageClass: 'ARCHIVE' })
  const again = { repositoryName, imageManifest: one.manifest, imageTag: 'v1' }
  expect((await desk.ask(putImage, again)).image?.imageId).toEqual({ ...imageId, imageDigest: one.digest })
  expect((await desk.ask(describeImages, { repositoryName })).imageDetails).toMatchObject([
    { imageDigest: one.digest, imageTags: ['v1'], imageStatus: 'ACTIVE' },
  ])
  await expect(desk.ask(putImage, again)).rejects.toMatchObject({ name: 'ImageTagAlreadyExistsError' })
})

test('a tag that a filter makes immutable is refused in its own name', async () => {
  await pushImage(desk, repositoryName, one, 'v1')
  await pushImage(desk, repositoryName, sampleImage('two'), 'dev')
  await desk.ask(putImageTagMutability, {
    repositoryName,
    imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
    imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'v*' }],
  })
  await expect(
    desk.ask(putImage, { repositoryName, imageManifest: one.manifest, imageTag: 'v1' }),
  ).rejects.toThrow(
    "The image tag 'v1' already exists in the 'team/app' repository and cannot be overwritten because the tag is immutable.",
  )
  await desk.ask(putImage, { repositoryName, imageManifest: one.manifest, imageTag: 'dev' })
})

test('a digest that is not that of the manifest is refused', async () => {
  const imageDigest = sha256('something else')
  await pushLayer(desk, repositoryName, one.config)
  await pushLayer(desk, repositoryName, one.layer)
  await expect(
    desk.ask(putImage, { repositoryName, imageManifest: one.manifest, imageDigest }),
  ).rejects.toMatchObject({
    name: 'ImageDigestDoesNotMatchError',
    message: `The image with digest '${imageDigest}' in repository 'team/app' and registry ID '111122223333' does not match the image digest that Amazon ECR has calculated.`,
  })
})

test('missing layers are named', async () => {
  await pushLayer(desk, repositoryName, one.config)
  await expect(desk.ask(putImage, { repositoryName, imageManifest: one.manifest })).rejects.toMatchObject({
    name: 'LayersNotFoundError',
    message: `Layers with digests '[${sha256(one.layer)}]' required for pushing image into repository with name 'team/app' in the registry with id '111122223333' do not exist`,
  })
})

test('missing images of an index are named', async () => {
  await expect(
    desk.ask(putImage, { repositoryName, imageManifest: sampleIndex([one]) }),
  ).rejects.toMatchObject({
    name: 'ReferencedImagesNotFoundError',
    message: `Images with digests '[${one.digest}]' required for pushing image into repository with name 'team/app' in the registry with id '111122223333' do not exist`,
  })
})

test.each(['{', 'no manifest', '[]', '{"schemaVersion":2}'])('%j is no manifest', async (imageManifest) => {
  await expect(
    desk.ask(putImage, { repositoryName, imageManifest, imageManifestMediaType: imageType }),
  ).rejects.toMatchObject({ name: 'InvalidParameterError' })
})

test.each(['v 1', 'v/1', '', 'ü'])('%j is no tag', async (imageTag) => {
  await expect(desk.ask(putImage, { repositoryName, imageManifest: one.manifest, imageTag })).rejects.toThrow(
    "Invalid parameter at 'imageTag' failed to satisfy constraint: 'must satisfy regular expression '[a-zA-Z0-9-_.]+''",
  )
})

test('a repository that does not exist takes no images', async () => {
  await expect(desk.ask(putImage, { repositoryName: 'gone', imageManifest: one.manifest })).rejects.toThrow(
    "The repository with name 'gone' does not exist in the registry with id '111122223333'",
  )
})

async function putNew(image: SampleImage) {
  await pushLayer(desk, repositoryName, image.config)
  await pushLayer(desk, repositoryName, image.layer)
  return desk.ask(putImage, { repositoryName, imageManifest: image.manifest })
}

async function tagsByDigest() {
  const { imageDetails = [] } = await desk.ask(describeImages, { repositoryName })
  return Object.fromEntries(imageDetails.map(({ imageDigest, imageTags }) => [imageDigest, imageTags]))
}
