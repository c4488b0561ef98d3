import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  ImageNotFoundError,
  ImageReferencedByManifestListError,
  ImageTagAlreadyExistsError,
  ReferencedImagesNotFoundError,
} from '../core/images/errors.ts'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { parseTag } from '../core/names/tag.ts'
import { deleteImages } from './delete-images.ts'
import type { Registry } from './registry.ts'
import { restoreImage } from './restore-image.ts'
import { setTagMutability } from './set-tag-mutability.ts'
import { day, hour, openGarbageWorld } from './testing/garbage-world.ts'
import { imageOf, indexOf, pushBlob, pushManifest, type TestManifest } from './testing/test-images.ts'
import { cause, immutable, keyOf, makeRepository, mutable } from './testing/test-registry.ts'

/** Two images, one that belongs to the first, and an index of the two. */
const manifests: Readonly<Record<string, TestManifest>> = {
  a: imageOf('a'),
  b: imageOf('b'),
  signature: imageOf('s', {
    subject: { mediaType: 'x', digest: imageOf('a').digest, size: imageOf('a').content.byteLength },
  }),
  index: indexOf([imageOf('a'), imageOf('b')]),
}
const names = ['a', 'b', 'signature', 'index'] as const
type Name = (typeof names)[number]
const children: readonly Name[] = ['a', 'b']

const anyName = fc.constantFrom(...names)
const anyTag = fc.constantFrom('v1', 'v2')
const anyStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('push' as const), name: anyName, tag: anyTag }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('delete' as const),
      asked: fc.uniqueArray(anyName, { minLength: 1 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('untag' as const), tag: anyTag }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('restore' as const),
      name: anyName,
      tag: fc.option(anyTag, { nil: undefined }),
      formerTags: fc.constantFrom('restored' as const, 'left' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('set' as const), immutable: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 13, 25) }),
  },
)
type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never

/** What was deleted: when, with what else, and what it was called. */
interface Kept {
  readonly at: number
  readonly deletion: number
  readonly tags: readonly string[]
}

/** A repository with its past as one would explain it at a table. */
class Model {
  images = new Set<Name>()
  tags = new Map<string, Name>()
  kept = new Map<Name, Kept>()
  immutable = false
  now = 0
  deletions = 0

  /** A copy to try a step on: what is refused changes nothing. */
  copy(): Model {
    const { images, tags, kept } = this
    return Object.assign(new Model(), this, {
      images: new Set(images),
      tags: new Map(tags),
      kept: new Map(kept),
    })
  }

  /** Does a step, or tells the error that refuses it. */
  take(step: Step): string | undefined {
    switch (step.do) {
      case 'set':
        this.immutable = step.immutable
        return undefined
      case 'wait':
        this.now += step.hours
        return undefined
      case 'untag':
        this.tags.delete(step.tag)
        return undefined
      case 'push':
        return this.#push(step.name, step.tag)
      case 'delete':
        this.#delete(step.asked)
        return undefined
      case 'restore':
        return this.#restore(step)
    }
  }

  #push(name: Name, tag: string): string | undefined {
    if (!this.#mayPoint(tag, name)) return ImageTagAlreadyExistsError.name
    if (name === 'index' && !this.images.has('index') && !children.every((child) => this.images.has(child))) {
      return ReferencedImagesNotFoundError.name
    }
    this.images.add(name)
    this.tags.set(tag, name)
    return undefined
  }

  #delete(asked: readonly Name[]): void {
    this.deletions += 1
    // The index first, as it holds its images back.
    const order = asked.toSorted((one, other) => Number(other === 'index') - Number(one === 'index'))
    for (const name of order) {
      if (!this.images.has(name) || (children.includes(name) && this.images.has('index'))) continue
      const tags = [...this.tags].filter(([, holder]) => holder === name).map(([tag]) => tag)
      for (const tag of tags) this.tags.delete(tag)
      this.images.delete(name)
      this.kept.set(name, { at: this.now, deletion: this.deletions, tags })
    }
  }

  #restore({ name, tag, formerTags }: Extract<Step, { do: 'restore' }>): string | undefined {
    const revived: [Name, Kept][] = []
    this.#revive(name, revived)
    if (name === 'index' && this.images.has('index') && !children.every((child) => this.images.has(child))) {
      return ReferencedImagesNotFoundError.name
    }
    if (!this.images.has(name)) return ImageNotFoundError.name
    if (tag !== undefined && !this.#mayPoint(tag, name)) return ImageTagAlreadyExistsError.name
    if (tag !== undefined) this.tags.set(tag, name)
    if (formerTags === 'left') return undefined
    for (const [image, { tags }] of revived)
      for (const former of tags) if (!this.tags.has(former)) this.tags.set(former, image)
    return undefined
  }

  #revive(name: Name, revived: [Name, Kept][]): void {
    const kept = this.kept.get(name)
    if (this.images.has(name) || kept === undefined || this.now - kept.at > 24) return
    if (name === 'index') for (const child of children) this.#revive(child, revived)
    this.images.add(name)
    this.kept.delete(name)
    revived.push([name, kept])
    if (name === 'a' && this.kept.get('signature')?.deletion === kept.deletion) {
      this.#revive('signature', revived)
    }
  }

  #mayPoint(tag: string, name: Name): boolean {
    const holder = this.tags.get(tag)
    return !this.immutable || holder === undefined || holder === name
  }

  /** Every image under each of its tags. */
  get rows(): string[] {
    const tagged = [...this.tags].map(([tag, name]) => `${tag}: ${name}`)
    const untagged = [...this.images].filter((name) => ![...this.tags.values()].includes(name))
    return [...tagged, ...untagged.map((name) => `untagged: ${name}`)].toSorted()
  }
}

function manifestOf(name: Name): TestManifest {
  return manifests[name] ?? imageOf(name)
}

async function take(registry: Registry, key: RepositoryKey, step: Step): Promise<void> {
  switch (step.do) {
    case 'push':
      await pushManifest(registry, key, manifestOf(step.name), step.tag)
      return
    case 'set':
      return setTagMutability(registry, key, step.immutable ? immutable : mutable)
    case 'untag':
      await deleteImages(registry, key, [{ tag: parseTag(step.tag) }], { lastTag: 'keeps-image', cause })
      return
    case 'delete': {
      const images = step.asked.map((name) => ({ digest: manifestOf(name).digest }))
      const deletions = await deleteImages(registry, key, images, { lastTag: 'deletes-image', cause })
      for (const deletion of deletions) {
        if (!('refused' in deletion)) continue
        expect([ImageNotFoundError.name, ImageReferencedByManifestListError.name]).toContain(
          deletion.refused.name,
        )
      }
      return
    }
    case 'restore': {
      const { name, tag, formerTags } = step
      const wanted = { digest: manifestOf(name).digest, tag: tag === undefined ? undefined : parseTag(tag) }
      const how = { formerTags, missing: 'refused', actor: cause.actor } as const
      await restoreImage(registry, { repository: key, ...wanted, ...how })
      return
    }
    case 'wait':
      return
  }
}

async function rowsOf(registry: Registry, key: RepositoryKey): Promise<string[]> {
  const { id } = (await registry.metadata.repositories.find(key)) ?? { id: 0 }
  const named = await registry.metadata.images.listNamed(id, { tagStatus: 'ANY', limit: 100 })
  const nameOf = (digest: string) => names.find((name) => manifestOf(name).digest === digest)
  return named.map(({ digest, tag }) => `${tag ?? 'untagged'}: ${nameOf(digest)}`).toSorted()
}

test('whatever is pushed, deleted and restored, the repository holds what the rules say, and at the end nothing else', async () => {
  await using world = await openGarbageWorld()
  const { registry } = world
  let count = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 25 }), async (steps) => {
      const key = keyOf(`team/app${count++}`)
      await makeRepository(registry, key)
      let model = new Model()
      for (const step of steps) {
        for (const text of step.do === 'push' ? ['a', 'b', 's'] : []) {
          await pushBlob(registry, key, `config ${text}`)
          await pushBlob(registry, key, `layer ${text}`)
        }
        const next = model.copy()
        const expected = next.take(step)
        const outcome = await take(registry, key, step).then(
          () => undefined,
          (error: unknown) => (error instanceof Error ? error.name : error),
        )
        expect(outcome).toBe(expected)
        if (expected === undefined) model = next
        if (step.do === 'wait') {
          world.pass(step.hours * hour)
          await world.collect()
        }
        expect(await rowsOf(registry, key)).toEqual(model.rows)
      }
      world.pass(day + 1)
      await world.collect()
      const { id } = (await registry.metadata.repositories.find(key)) ?? { id: 0 }
      expect(await registry.metadata.history.deletedImages(id, { limit: 100 })).toEqual([])
      expect(await registry.metadata.history.changes(id, { limit: 100 })).toEqual([])
      const used = [...model.images].filter((name) => name !== 'index')
      expect(await world.stored()).toHaveLength(used.length * 2)
      await deleteImages(
        registry,
        key,
        [...model.images].map((name) => ({ digest: manifestOf(name).digest })),
        {
          lastTag: 'deletes-image',
          cause,
        },
      )
      world.pass(day + 1)
      await world.collect()
      expect(await world.stored()).toEqual([])
      expect(world.failures).toEqual([])
    }),
    { numRuns: 25 },
  )
})
