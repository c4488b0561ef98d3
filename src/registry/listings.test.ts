import { describe, expect, test } from 'vitest'
import type { Digest } from '../core/names/digest.ts'
import { RepositoryNotFoundError } from '../core/repositories/errors.ts'
import { listReferrers, type Referrer } from './list-referrers.ts'
import { listTags } from './list-tags.ts'
import type { Registry } from './registry.ts'
import {
  imageOf,
  imageType,
  indexOf,
  indexType,
  pushBlob,
  pushImage,
  pushManifest,
  textBlob,
} from './testing/test-images.ts'
import { keyOf, makeRepository, openTestRegistry } from './testing/test-registry.ts'

const key = keyOf('team/app')

describe('the tags of a repository', () => {
  test('come in byte order, page by page', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    await pushImage(world.registry, key, 'a')
    for (const tag of ['b', 'a10', 'A', '_', 'a', 'a2', 'Z']) {
      await pushManifest(world.registry, key, imageOf('a'), tag)
    }
    const list = (page: { after?: string; limit: number }) => listTags(world.registry, key, page)
    expect(await list({ limit: 100 })).toEqual({ tags: ['A', 'Z', '_', 'a', 'a10', 'a2', 'b'], more: false })
    expect(await list({ limit: 3 })).toEqual({ tags: ['A', 'Z', '_'], more: true })
    expect(await list({ after: '_', limit: 4 })).toEqual({ tags: ['a', 'a10', 'a2', 'b'], more: false })
    expect(await list({ after: 'never pushed', limit: 4 })).toEqual({ tags: [], more: false })
    expect(await list({ after: 'a1', limit: 1 })).toEqual({ tags: ['a10'], more: true })
    expect(await list({ after: 'a\0z', limit: 1 })).toEqual({ tags: ['a10'], more: true })
    expect(await list({ after: '\0', limit: 1 })).toEqual({ tags: ['A'], more: true })
    expect(await list({ limit: 0 })).toEqual({ tags: [], more: false })
  })

  test('are none in an empty repository, and no answer without one', async () => {
    await using world = await openTestRegistry()
    await expect(listTags(world.registry, key, { limit: 10 })).rejects.toThrow(
      new RepositoryNotFoundError(key),
    )
    await makeRepository(world.registry, key)
    expect(await listTags(world.registry, key, { limit: 10 })).toEqual({ tags: [], more: false })
  })
})

describe('the referrers of a manifest', () => {
  const subject = { mediaType: imageType, ...textBlob('the subject') }
  const config = (text: string) => ({ mediaType: 'application/vnd.oci.empty.v1+json', ...textBlob(text) })

  async function pushReferrer(registry: Registry, text: string, members: object): Promise<Digest> {
    await pushBlob(registry, key, text)
    const manifest = imageOf(text, { config: config(text), layers: [], subject, ...members })
    return (await pushManifest(registry, key, manifest)).image.digest
  }

  async function allPages(registry: Registry, artifactTypes: readonly string[], limit: number) {
    const referrers: Referrer[] = []
    let after: Digest | undefined
    do {
      const page = await listReferrers(registry, key, subject.digest, { artifactTypes, after, limit })
      expect(page.referrers.length).toBeLessThanOrEqual(limit)
      referrers.push(...page.referrers)
      after = page.next
    } while (after !== undefined)
    return referrers
  }

  test('are described by what they say of themselves', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    const annotations = { 'org.example.note': 'a note' }
    const digest = await pushReferrer(registry, 'sbom', { artifactType: 'application/sbom', annotations })
    const manifest = imageOf('sbom', {
      config: config('sbom'),
      layers: [],
      subject,
      artifactType: 'application/sbom',
      annotations,
    })
    expect(await listReferrers(registry, key, subject.digest, { limit: 10 })).toEqual({
      referrers: [
        {
          mediaType: imageType,
          digest,
          size: manifest.content.byteLength,
          artifactType: 'application/sbom',
          annotations,
          storage: 'ACTIVE',
        },
      ],
    })
  })

  test('have the media type of their config for want of an artifact type, an index none at all', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    const digest = await pushReferrer(registry, 'old', {})
    const index = await pushManifest(registry, key, indexOf([], { subject }))
    const { referrers } = await listReferrers(registry, key, subject.digest, { limit: 10 })
    const described = new Map(referrers.map((referrer) => [referrer.digest, referrer]))
    expect(described.get(digest)).toMatchObject({ artifactType: 'application/vnd.oci.empty.v1+json' })
    expect(described.get(index.image.digest)).toEqual({
      mediaType: indexType,
      digest: index.image.digest,
      size: index.image.manifestBytes,
      storage: 'ACTIVE',
    })
  })

  test('come page by page, each once, filtered or not', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    const digests: Record<string, Digest[]> = { sbom: [], signature: [] }
    for (let count = 0; count < 9; count++) {
      const kind = count % 3 === 0 ? 'sbom' : 'signature'
      digests[kind]?.push(
        await pushReferrer(registry, `${kind} ${count}`, { artifactType: `application/${kind}` }),
      )
    }
    for (const limit of [1, 2, 3, 9, 10]) {
      const all = (await allPages(registry, [], limit)).map(({ digest }) => digest)
      expect(all).toEqual(Object.values(digests).flat().toSorted())
      const sboms = (await allPages(registry, ['application/sbom'], limit)).map(({ digest }) => digest)
      expect(sboms).toEqual(digests.sbom?.toSorted())
      const both = await allPages(registry, ['application/signature', 'application/sbom'], limit)
      expect(both.map(({ digest }) => digest)).toEqual(all)
    }
    expect(await allPages(registry, ['application/other'], 2)).toEqual([])
  })

  test('end a page early when they have much to say', async () => {
    await using world = await openTestRegistry()
    const { registry } = world
    await makeRepository(registry, key)
    const annotations = { text: 'x'.repeat(700_000) }
    for (const text of ['a', 'b', 'c', 'd', 'e']) await pushReferrer(registry, text, { annotations })
    const { referrers, next } = await listReferrers(registry, key, subject.digest, { limit: 10 })
    expect(referrers).toHaveLength(2)
    expect(next).toBe(referrers.at(-1)?.digest)
    expect(await allPages(registry, [], 10)).toHaveLength(5)
  })

  test('are none of a digest nobody refers to', async () => {
    await using world = await openTestRegistry()
    await makeRepository(world.registry, key)
    const { digest } = textBlob('alone')
    expect(await listReferrers(world.registry, key, digest, { limit: 10 })).toEqual({ referrers: [] })
  })
})
