import { describe, expect, test } from 'vitest'
import { InvalidParameterError, LimitExceededError } from '../core/errors.ts'
import {
  ImageDigestDoesNotMatchError,
  ImageTagAlreadyExistsError,
  ReferencedImagesNotFoundError,
} from '../core/images/errors.ts'
import { LayersNotFoundError } from '../core/images/layer-errors.ts'
import { parseTag } from '../core/names/tag.ts'
import { RepositoryNotFoundError } from '../core/repositories/errors.ts'
import { deleteImages } from './delete-images.ts'
import { getManifest } from './get-manifest.ts'
import { listTags } from './list-tags.ts'
import { putManifest } from './put-manifest.ts'
import type { Registry } from './registry.ts'
import { setTagMutability } from './set-tag-mutability.ts'
import {
  bytesOf,
  digestOfBytes,
  imageOf,
  imageType,
  indexOf,
  manifestOf,
  pushBlob,
  pushImage,
  pushManifest,
  textBlob,
} from './testing/test-images.ts'
import { cause, immutable, keyOf, makeRepository, openTestRegistry } from './testing/test-registry.ts'

const key = keyOf('team/app')
const v1 = parseTag('v1')

/** The text whose image the tag is on, to be read aloud; undefined when the tag is nowhere. */
async function digestUnder(registry: Registry, tag: string): Promise<string> {
  const reference = { kind: 'tag', tag: parseTag(tag) } as const
  return (await getManifest(registry, { repository: key, reference, as: 'look' })).digest
}

describe('a push', () => {
  test('stores the exact bytes, and what they say', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    const { image, outcome } = await pushImage(world.registry, key, 'a', { tag: 'v1' })
    const { content, digest } = imageOf('a')
    const sizes = [textBlob('config a').size, textBlob('layer a').size]
    expect(outcome).toBe('created')
    expect(image).toEqual({
      digest,
      mediaType: imageType,
      manifestBytes: content.byteLength,
      sizeInBytes: sizes.reduce((sum, size) => sum + size),
      artifactType: 'application/vnd.oci.image.config.v1+json',
      pushedAt: world.registry.now(),
      storage: 'ACTIVE',
    })
    const reference = { kind: 'tag', tag: v1 } as const
    const stored = await getManifest(world.registry, { repository: key, reference, as: 'look' })
    expect(Buffer.from(stored.content)).toEqual(Buffer.from(content))
  })

  test('keeps white space and member order, which the digest covers', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    await pushImage(world.registry, key, 'a')
    const loose = JSON.stringify(JSON.parse(Buffer.from(imageOf('a').content).toString()), undefined, 3)
    const content = bytesOf(`\n ${loose}\t`)
    const { image } = await putManifest(world.registry, { repository: key, cause, content })
    expect(image.digest).toBe(digestOfBytes(content))
    const reference = { kind: 'digest', digest: image.digest } as const
    const stored = await getManifest(world.registry, { repository: key, reference, as: 'look' })
    expect(Buffer.from(stored.content)).toEqual(Buffer.from(content))
  })

  test('that is repeated changes nothing, not even the time', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    const { image } = await pushImage(registry, key, 'a', { tag: 'v1' })
    world.pass(60_000)
    expect(await pushManifest(registry, key, imageOf('a'), 'v1')).toEqual({
      image,
      outcome: 'unchanged',
      immutable: undefined,
    })
    expect(await pushManifest(registry, key, imageOf('a'))).toMatchObject({ image, outcome: 'unchanged' })
  })

  test('of a known image under another tag tags it and leaves its push time', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    const { image } = await pushImage(world.registry, key, 'a', { tag: 'v1' })
    world.pass(60_000)
    const retag = await pushManifest(world.registry, key, imageOf('a'), 'v2')
    expect(retag).toEqual({ image, outcome: 'tagged' })
    expect((await listTags(world.registry, key, { limit: 10 })).tags).toEqual(['v1', 'v2'])
  })

  test('moves a mutable tag, to a new image or a known one, and the other stays untagged', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const { id } = await makeRepository(registry, key)
    const first = await pushImage(registry, key, 'a', { tag: 'v1' })
    const second = await pushImage(registry, key, 'b', { tag: 'v1' })
    expect(second.outcome).toBe('created')
    expect(await digestUnder(registry, 'v1')).toBe(second.image.digest)
    expect(await registry.metadata.images.find(id, first.image.digest)).toEqual(first.image)
    expect(await pushManifest(registry, key, imageOf('a'), 'v1')).toMatchObject({ outcome: 'tagged' })
    expect(await digestUnder(registry, 'v1')).toBe(first.image.digest)
  })

  test('needs a repository', async () => {
    await using world = await openTestRegistry()
    await expect(pushManifest(world.registry, key, imageOf('a'))).rejects.toThrow(
      new RepositoryNotFoundError(key),
    )
  })
})

describe('the digest a client names', () => {
  test('must be that of the bytes', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    await pushImage(world.registry, key, 'a')
    const [{ content }, { digest }] = [imageOf('a', { custom: 1 }), imageOf('a')]
    const push = { repository: key, cause, content, digest, tags: [v1] }
    await expect(putManifest(world.registry, push)).rejects.toThrow(
      new ImageDigestDoesNotMatchError(key, digest),
    )
    expect((await listTags(world.registry, key, { limit: 10 })).tags).toEqual([])
  })

  test('is the name the image is stored under, sha512 as well', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    await pushImage(registry, key, 'a')
    const { content } = imageOf('a')
    const digest = digestOfBytes(content, 'sha512')
    const { image, outcome } = await putManifest(registry, {
      repository: key,
      cause,
      content,
      digest,
      tags: [v1],
    })
    expect({ digest: image.digest, outcome }).toEqual({ digest, outcome: 'created' })
    expect(await digestUnder(registry, 'v1')).toBe(digest)
    const reference = { kind: 'digest', digest } as const
    const stored = await getManifest(registry, { repository: key, reference, as: 'look' })
    expect(digestOfBytes(stored.content, 'sha512')).toBe(digest)
  })
})

describe('what a manifest refers to', () => {
  test('must be blobs of this repository', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    const missing = [textBlob('config a').digest, textBlob('layer a').digest]
    const push = pushManifest(world.registry, key, imageOf('a'), 'v1')
    await expect(push).rejects.toThrow(new LayersNotFoundError(key, missing))
    await pushBlob(world.registry, key, 'layer a')
    const again = pushManifest(world.registry, key, imageOf('a'), 'v1')
    await expect(again).rejects.toThrow(new LayersNotFoundError(key, [textBlob('config a').digest]))
    expect((await listTags(world.registry, key, { limit: 10 })).tags).toEqual([])
  })

  test('must be images of this repository', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    await pushImage(world.registry, key, 'a')
    const index = indexOf([imageOf('a'), imageOf('b')])
    await expect(pushManifest(world.registry, key, index)).rejects.toThrow(
      new ReferencedImagesNotFoundError(key, [imageOf('b').digest]),
    )
  })

  test('may be a subject that has not come yet', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    const subject = { mediaType: imageType, ...textBlob('an image to come') }
    const { image } = await pushImage(world.registry, key, 'signature', { members: { subject } })
    expect(image.subject).toBe(subject.digest)
  })

  test('may be a non-distributable layer that is elsewhere, and is kept when it is here', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const { id } = await makeRepository(registry, key)
    const foreign = (text: string) => ({
      mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
      urls: ['https://example.com/layer'],
      ...textBlob(text),
    })
    await pushBlob(registry, key, 'here')
    await pushImage(registry, key, 'windows', {
      members: { layers: [foreign('here'), foreign('elsewhere')] },
    })
    expect(await registry.metadata.blobLinks.isReferenced(id, textBlob('here').digest)).toBe(true)
  })

  test("may be the layers that BuildKit's cache lists in an index", async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    const blob = await pushBlob(world.registry, key, 'a cached layer')
    const manifests = [{ mediaType: 'application/vnd.docker.image.rootfs.diff.tar.gzip', ...blob }]
    const { image } = await pushManifest(world.registry, key, indexOf([], { manifests }), 'cache')
    expect(image.sizeInBytes).toBe(blob.size)
  })

  test('tells the size of an index: that of its largest image, also through another index', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    const small = await pushImage(world.registry, key, 'a')
    const large = await pushImage(world.registry, key, 'b'.repeat(100))
    const index = indexOf([imageOf('a'), imageOf('b'.repeat(100))])
    const { image } = await pushManifest(world.registry, key, index)
    expect(image.sizeInBytes).toBe(large.image.sizeInBytes)
    expect(image.sizeInBytes).toBeGreaterThan(small.image.sizeInBytes)
    expect(image.artifactType).toBeUndefined()
    const outer = await pushManifest(world.registry, key, indexOf([index]))
    expect(outer.image.sizeInBytes).toBe(large.image.sizeInBytes)
  })
})

describe('an immutable tag', () => {
  test('is given once, and its image may be pushed again under it without a change', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key, immutable)
    const { image } = await pushImage(registry, key, 'a', { tag: 'v1' })
    await expect(pushImage(registry, key, 'b', { tag: 'v1' })).rejects.toThrow(
      new ImageTagAlreadyExistsError(key, v1, 'repository'),
    )
    expect(await digestUnder(registry, 'v1')).toBe(image.digest)
    const again = await pushManifest(registry, key, imageOf('a'), 'v1')
    expect(again).toEqual({ image, outcome: 'unchanged', immutable: 'repository' })
    expect((await pushManifest(registry, key, imageOf('a'), 'v2')).outcome).toBe('tagged')
  })

  test('among others takes them all along into the refusal', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    const { id } = await makeRepository(registry, key, {
      mode: 'MUTABLE_WITH_EXCLUSION',
      exclusions: ['v*'],
    })
    await pushImage(registry, key, 'a', { tag: 'v1' })
    await pushManifest(registry, key, imageOf('a'), 'latest')
    const { content } = imageOf('b')
    for (const text of ['config b', 'layer b']) await pushBlob(registry, key, text)
    const tags = ['latest', 'v1', 'new'].map(parseTag)
    await expect(putManifest(registry, { repository: key, cause, content, tags })).rejects.toThrow(
      new ImageTagAlreadyExistsError(key, v1, 'tag'),
    )
    expect(await digestUnder(registry, 'latest')).toBe(imageOf('a').digest)
    expect((await listTags(registry, key, { limit: 10 })).tags).toEqual(['latest', 'v1'])
    expect(await registry.metadata.images.find(id, imageOf('b').digest)).toBeUndefined()
  })

  test('is refused before anyone asks for the layers', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key, immutable)
    await pushImage(world.registry, key, 'a', { tag: 'v1' })
    await expect(pushManifest(world.registry, key, imageOf('without layers'), 'v1')).rejects.toThrow(
      ImageTagAlreadyExistsError,
    )
  })

  test('leaves nothing of the image that wanted it', async () => {
    await using world = await openTestRegistry()
    const { id } = await makeRepository(world.registry, key, immutable)
    await pushImage(world.registry, key, 'a', { tag: 'v1' })
    await expect(pushImage(world.registry, key, 'b', { tag: 'v1' })).rejects.toThrow()
    expect(await world.registry.metadata.images.find(id, imageOf('b').digest)).toBeUndefined()
  })

  test('under a filter is so by itself, and others move', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key, { mode: 'MUTABLE_WITH_EXCLUSION', exclusions: ['v*'] })
    await pushImage(world.registry, key, 'a', { tag: 'v1' })
    await pushManifest(world.registry, key, imageOf('a'), 'latest')
    await expect(pushImage(world.registry, key, 'b', { tag: 'v1' })).rejects.toThrow(
      new ImageTagAlreadyExistsError(key, v1, 'tag'),
    )
    expect((await pushImage(world.registry, key, 'b', { tag: 'latest' })).outcome).toBe('created')
  })

  test('is what every tag becomes when the setting changes, and its name is free when it is deleted', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    await pushImage(registry, key, 'a', { tag: 'v1' })
    await setTagMutability(registry, key, immutable)
    await expect(pushImage(registry, key, 'b', { tag: 'v1' })).rejects.toThrow(ImageTagAlreadyExistsError)
    await deleteImages(registry, key, [{ tag: v1 }], { lastTag: 'deletes-image', cause })
    const { image } = await pushImage(registry, key, 'b', { tag: 'v1' })
    expect(await digestUnder(registry, 'v1')).toBe(image.digest)
  })

  test('goes to exactly one of those who race for it', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key, immutable)
    await using sibling = world.sibling({ cacheTtl: 60_000 })
    const texts = ['a', 'b', 'c', 'd', 'e', 'f']
    for (const text of texts) await pushImage(registry, key, text)
    const racing = texts.map((text, at) =>
      pushManifest(at % 2 ? registry : sibling, key, imageOf(text), 'v1'),
    )
    const outcomes = await Promise.allSettled(racing)
    const winners = texts.filter((_, at) => outcomes[at]?.status === 'fulfilled')
    expect(winners).toHaveLength(1)
    expect(await digestUnder(registry, 'v1')).toBe(imageOf(winners[0] ?? '').digest)
    for (const outcome of outcomes.filter(({ status }) => status === 'rejected')) {
      expect(outcome).toMatchObject({ reason: { name: 'ImageTagAlreadyExistsError' } })
    }
  })
})

describe('a quota', () => {
  test('of images per repository stops new images, not new tags', async () => {
    await using world = await openTestRegistry({ quotas: { imagesPerRepository: 2 } })
    await makeRepository(world.registry, key)
    await pushImage(world.registry, key, 'a')
    await pushImage(world.registry, key, 'b')
    await expect(pushImage(world.registry, key, 'c')).rejects.toThrow(
      new LimitExceededError(
        "The limit of 2 images per repository is reached in the repository with name 'team/app' in the registry with id '000000000000'",
      ),
    )
    expect((await pushManifest(world.registry, key, imageOf('a'), 'v1')).outcome).toBe('tagged')
  })

  test('of tags per image stops new tags, not the same one again', async () => {
    await using world = await openTestRegistry({ quotas: { tagsPerImage: 2 } })
    const { registry } = world
    await makeRepository(registry, key)
    await pushImage(registry, key, 'a', { tag: 'v1' })
    await pushManifest(registry, key, imageOf('a'), 'v2')
    const third = pushManifest(registry, key, imageOf('a'), 'v3')
    await expect(third).rejects.toThrow(LimitExceededError)
    await expect(third).rejects.toThrow('The limit of 2 tags per image')
    expect((await pushManifest(registry, key, imageOf('a'), 'v2')).outcome).toBe('unchanged')
    expect((await listTags(registry, key, { limit: 10 })).tags).toEqual(['v1', 'v2'])
  })
})

describe('a push of several tags', () => {
  test('gives the image all of them, those it has included', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    await pushImage(registry, key, 'b', { tag: 'latest' })
    await pushImage(registry, key, 'a', { tag: 'v1' })
    const tags = ['v1', 'latest', 'v1.0', 'v1.0'].map(parseTag)
    const push = { repository: key, cause, content: imageOf('a').content, tags }
    expect((await putManifest(registry, push)).outcome).toBe('tagged')
    for (const tag of tags) expect(await digestUnder(registry, tag)).toBe(imageOf('a').digest)
    expect((await putManifest(registry, push)).outcome).toBe('unchanged')
  })

  test('counts each of them against the quota of tags per image, and then gives none', async () => {
    await using world = await openTestRegistry({ quotas: { tagsPerImage: 3 } })
    const { registry } = world
    await makeRepository(registry, key)
    await pushImage(registry, key, 'a', { tag: 'v1' })
    const push = { repository: key, cause, content: imageOf('a').content }
    const three = ['v2', 'v3', 'v4'].map(parseTag)
    await expect(putManifest(registry, { ...push, tags: three })).rejects.toThrow(LimitExceededError)
    expect((await listTags(registry, key, { limit: 10 })).tags).toEqual(['v1'])
    await putManifest(registry, { ...push, tags: ['v1', 'v2', 'v3'].map(parseTag) })
    expect((await listTags(registry, key, { limit: 10 })).tags).toEqual(['v1', 'v2', 'v3'])
  })
})

describe('a manifest that is none', () => {
  test('is refused and leaves nothing', async () => {
    await using world = await openTestRegistry()
    const { id } = await makeRepository(world.registry, key)
    const push = {
      repository: key,
      cause,
      content: bytesOf('{"schemaVersion":2'),
      mediaType: imageType,
      tags: [v1],
    }
    await expect(putManifest(world.registry, push)).rejects.toThrow(
      new InvalidParameterError('ImageManifest', 'Invalid JSON syntax'),
    )
    expect(await world.registry.metadata.images.count(id)).toBe(0)
  })

  test('CVE-2021-41190: is also one that is here already as another type', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    await pushImage(registry, key, 'a')
    const { mediaType: _, ...typeless } = JSON.parse(Buffer.from(imageOf('a').content).toString())
    const { content } = manifestOf(typeless)
    const push = { repository: key, cause, content, tags: [v1] }
    await putManifest(registry, { ...push, mediaType: imageType })
    const docker = 'application/vnd.docker.distribution.manifest.v2+json'
    await expect(putManifest(registry, { ...push, mediaType: docker })).rejects.toThrow(InvalidParameterError)
    const reference = { kind: 'tag', tag: v1 } as const
    const stored = await getManifest(registry, { repository: key, reference, as: 'look' })
    expect(stored.mediaType).toBe(imageType)
  })
})
