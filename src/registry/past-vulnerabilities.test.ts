import { describe, expect, test } from 'vitest'
import {
  ImageNotFoundError,
  ImageTagAlreadyExistsError,
  ReferencedImagesNotFoundError,
} from '../core/images/errors.ts'
import { LayerNotFoundError, LayersNotFoundError } from '../core/images/layer-errors.ts'
import { parseTag } from '../core/names/tag.ts'
import { deleteBlob } from './delete-blob.ts'
import { deleteImages } from './delete-images.ts'
import { deleteRepository } from './delete-repository.ts'
import { finishUpload } from './finish-upload.ts'
import { getManifest } from './get-manifest.ts'
import { listReferrers } from './list-referrers.ts'
import { mountBlob } from './mount-blob.ts'
import { putManifest } from './put-manifest.ts'
import { readBlob, statBlob } from './read-blob.ts'
import { startUpload } from './start-upload.ts'
import {
  digestOfBytes,
  imageOf,
  imageType,
  indexOf,
  pushBlob,
  pushImage,
  pushManifest,
  textBlob,
} from './testing/test-images.ts'
import { cause, immutable, keyOf, makeRepository, openTestRegistry } from './testing/test-registry.ts'

// One test for each class of hole that registries have had, named after where it was found.
const secret = keyOf('team/secret')
const strangers = [
  keyOf('team/other'),
  keyOf('team/secret', '111122223333'),
  keyOf('team/secret', '000000000000', 'eu-central-1'),
]

describe('what another repository has', () => {
  test('CVE-2024-39897 (Zot): a blob is neither seen, read nor mounted by its digest alone', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, secret)
    const { digest } = await pushBlob(registry, secret, 'a secret')
    await statBlob(registry, secret, digest)
    for (const [at, key] of strangers.entries()) {
      await makeRepository(registry, key)
      const unknown = new LayerNotFoundError(key, digest)
      await expect(statBlob(registry, key, digest)).rejects.toThrow(unknown)
      await expect(readBlob(registry, key, digest)).rejects.toThrow(unknown)
      const from = strangers[at - 1] ?? key
      expect(await mountBlob(registry, { repository: key, from, digest })).toBeUndefined()
      await expect(statBlob(registry, key, digest)).rejects.toThrow(unknown)
    }
  })

  test('CVE-2024-39897 (Zot): a blob is not taken over by naming it in a finished upload or a manifest', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const [key] = strangers
    if (key === undefined) throw new Error('no stranger')
    await makeRepository(registry, secret)
    await makeRepository(registry, key)
    await pushImage(registry, secret, 'a')
    const { digest } = textBlob('layer a')
    const { id: uploadId } = await startUpload(registry, key)
    const finish = { repository: key, uploadId, digests: [digest] }
    await expect(finishUpload(registry, finish)).rejects.toThrow('None of the provided layer digests match')
    await expect(pushManifest(registry, key, imageOf('a'))).rejects.toThrow(LayersNotFoundError)
    await expect(pushManifest(registry, key, indexOf([imageOf('a')]))).rejects.toThrow(
      ReferencedImagesNotFoundError,
    )
  })

  test('a manifest is not got by digest, by tag or as a referrer, however often its owner read it', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, secret)
    const subject = { mediaType: imageType, ...textBlob('subject') }
    const { image } = await pushImage(registry, secret, 'a', { tag: 'v1', members: { subject } })
    const references = [
      { kind: 'digest', digest: image.digest },
      { kind: 'tag', tag: parseTag('v1') },
    ] as const
    for (const reference of references) {
      await getManifest(registry, { repository: secret, reference, as: 'pull' })
    }
    for (const key of strangers) {
      await makeRepository(registry, key)
      for (const reference of references) {
        const get = getManifest(registry, { repository: key, reference, as: 'pull' })
        await expect(get).rejects.toThrow(ImageNotFoundError)
      }
      expect(await listReferrers(registry, key, subject.digest, { limit: 10 })).toEqual({ referrers: [] })
    }
  })
})

describe('what was deleted', () => {
  test('CVE-2026-35172 (Distribution): no cache shows a blob that was taken out, though others have it', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const other = keyOf('team/other')
    await makeRepository(registry, secret)
    await makeRepository(registry, other)
    const { digest } = await pushBlob(registry, secret, 'a secret')
    await mountBlob(registry, { repository: other, from: secret, digest })
    await statBlob(registry, secret, digest)
    await deleteBlob(registry, secret, digest)
    const unknown = new LayerNotFoundError(secret, digest)
    await expect(statBlob(registry, secret, digest)).rejects.toThrow(unknown)
    await expect(readBlob(registry, secret, digest)).rejects.toThrow(unknown)
    expect((await statBlob(registry, other, digest)).digest).toBe(digest)
  })

  test('CVE-2026-35172 (Distribution): no cache shows a manifest of a repository made anew', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, secret)
    const { image } = await pushImage(registry, secret, 'a', { tag: 'v1' })
    const reference = { kind: 'digest', digest: image.digest } as const
    await getManifest(registry, { repository: secret, reference, as: 'pull' })
    await deleteRepository(registry, secret, { images: 'delete' })
    await makeRepository(registry, secret)
    await expect(getManifest(registry, { repository: secret, reference, as: 'pull' })).rejects.toThrow(
      ImageNotFoundError,
    )
  })
})

describe('what is pushed', () => {
  test('fakecloud #2251: an immutable tag is guarded however the push is worded', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, secret, immutable)
    const { image } = await pushImage(registry, secret, 'a', { tag: 'v1' })
    await pushImage(registry, secret, 'b')
    const { content, digest } = imageOf('b')
    const tag = parseTag('v1')
    const push = { repository: secret, cause, content, tags: [tag] }
    for (const wording of [
      push,
      { ...push, digest },
      { ...push, digest: digestOfBytes(content, 'sha512') },
      { ...push, digest: digestOfBytes(imageOf('a').content, 'sha512'), content: imageOf('a').content },
      { ...push, mediaType: imageType },
      { ...push, tags: [parseTag('v2'), tag] },
    ]) {
      await expect(putManifest(registry, wording)).rejects.toThrow(
        new ImageTagAlreadyExistsError(secret, tag, 'repository'),
      )
    }
    const reference = { kind: 'tag', tag } as const
    const { digest: current } = await getManifest(registry, { repository: secret, reference, as: 'look' })
    expect(current).toBe(image.digest)
  })

  test('Zot #4318: indexes that list one another many times over are looked at one level deep', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, secret)
    await pushImage(registry, secret, 'a')
    let inner = imageOf('a')
    for (let level = 0; level < 40; level++) {
      const twin = indexOf([inner, inner], { annotations: { level: `${level}` } })
      await pushManifest(registry, secret, twin)
      inner = twin
    }
    const [deletion] = await deleteImages(registry, secret, [{ digest: inner.digest }], {
      lastTag: 'deletes-image',
      cause,
    })
    expect(deletion).toEqual({ deleted: [{ digest: inner.digest }] })
  })
})
