import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  DescribeImagesCommand,
  ListImageReferrersCommand,
  ListImagesCommand,
  PutImageCommand,
  UpdateImageStorageClassCommand,
} from '@aws-sdk/client-ecr'
import { expect } from 'vitest'
import { pushBlob, pushManifest } from '../../../support/push-image.ts'
import { SeededRandom } from '../../../support/seeded-random.ts'
import { blobsOf, digestOf, randomImage } from '../../../support/test-image.ts'
import { type EvidenceByOperation, enforced, real } from '../evidence.ts'

const repositoryName = 'team/app'

export const imageEvidence: EvidenceByOperation = {
  PutImage: real('docker pulls what it put, byte for byte', async ({ ecr, create, access, pull }) => {
    await create(repositoryName)
    const image = randomImage(new SeededRandom('put'), [2_000_000])
    for (const blob of blobsOf(image)) await pushBlob(access, repositoryName, blob)
    const put = { repositoryName, imageManifest: image.manifest, imageTag: 'v1' }
    await ecr.send(new PutImageCommand(put))
    expect(await pull(repositoryName, 'v1')).toBe(image.digest)
  }),
  BatchGetImage: real('it gives the bytes that docker pushed', async ({ ecr, create, push }) => {
    await create(repositoryName)
    const { digest } = await push(repositoryName, 'v1')
    const asked = { repositoryName, imageIds: [{ imageTag: 'v1' }] }
    const { images = [] } = await ecr.send(new BatchGetImageCommand(asked))
    expect(images.map(({ imageManifest = '' }) => digestOf(imageManifest))).toEqual([digest])
  }),
  BatchDeleteImage: enforced('docker no more pulls what it deleted', async ({ ecr, create, push, pull }) => {
    await create(repositoryName)
    const { digest } = await push(repositoryName, 'v1')
    await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] }))
    expect([await pull(repositoryName, 'v1'), await pull(repositoryName, digest)]).toEqual([404, 404])
  }),
  ListImages: enforced('it lists what docker pushed, until it is deleted', async ({ ecr, create, push }) => {
    await create(repositoryName)
    const { digest: imageDigest } = await push(repositoryName, 'v1')
    const list = async () => (await ecr.send(new ListImagesCommand({ repositoryName }))).imageIds
    expect(await list()).toEqual([{ imageDigest, imageTag: 'v1' }])
    await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }))
    expect(await list()).toEqual([])
  }),
  DescribeImages: enforced('it tells the size of what docker pushed', async ({ ecr, create, push }) => {
    await create(repositoryName)
    const image = await push(repositoryName, 'v1')
    const { imageDetails } = await ecr.send(new DescribeImagesCommand({ repositoryName }))
    const imageSizeInBytes = blobsOf(image).reduce((sum, { content }) => sum + content.length, 0)
    expect(imageDetails).toMatchObject([{ imageDigest: image.digest, imageTags: ['v1'], imageSizeInBytes }])
  }),
  ListImageReferrers: real(
    'it lists what was pushed about an image',
    async ({ ecr, create, push, access }) => {
      await create(repositoryName)
      const about = await push(repositoryName, 'v1')
      const list = async () => {
        const asked = { repositoryName, subjectId: { imageDigest: about.digest } }
        return (await ecr.send(new ListImageReferrersCommand(asked))).referrers
      }
      expect(await list()).toEqual([])
      const subject = { mediaType: about.mediaType, digest: about.digest, size: about.manifest.length }
      const artifactType = 'application/spdx+json'
      const manifest = JSON.stringify({ ...JSON.parse(about.manifest), artifactType, subject })
      const digest = digestOf(manifest)
      await pushManifest(access, repositoryName, digest, { manifest, mediaType: about.mediaType })
      expect(await list()).toMatchObject([{ digest, artifactType, size: manifest.length }])
    },
  ),
  UpdateImageStorageClass: enforced('an archived image is not pulled, a restored one is', async (desk) => {
    const { ecr, create, push, pull } = desk
    await create(repositoryName)
    const { digest } = await push(repositoryName, 'v1')
    const update = (targetStorageClass: 'ARCHIVE' | 'STANDARD') => {
      const asked = { repositoryName, imageId: { imageTag: 'v1' }, targetStorageClass }
      return ecr.send(new UpdateImageStorageClassCommand(asked))
    }
    await update('ARCHIVE')
    expect(await pull(repositoryName, 'v1')).toBe(404)
    await update('STANDARD')
    await expect.poll(() => pull(repositoryName, 'v1')).toBe(digest)
  }),
}
