import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RepositoryKey } from '../core/names/registry-key.ts'
import { parseTag } from '../core/names/tag.ts'
import { deleteImages } from './delete-images.ts'
import { putManifest } from './put-manifest.ts'
import type { Registry } from './registry.ts'
import { setTagMutability } from './set-tag-mutability.ts'
import { imageOf, pushBlob } from './testing/test-images.ts'
import {
  cause,
  immutable,
  keyOf,
  makeRepository,
  mutable,
  openTestRegistry,
} from './testing/test-registry.ts'

const texts = ['a', 'b', 'c']
const anyText = fc.constantFrom(...texts)
const anyTag = fc.constantFrom('v1', 'v2', 'v3')
const anyStep = fc.oneof(
  fc.record({ do: fc.constant('push' as const), text: anyText, tags: fc.array(anyTag, { maxLength: 3 }) }),
  fc.record({ do: fc.constant('delete tag' as const), tag: anyTag }),
  fc.record({ do: fc.constant('delete image' as const), text: anyText }),
  fc.record({ do: fc.constant('set' as const), immutable: fc.boolean() }),
)
type Step = typeof anyStep extends fc.Arbitrary<infer Value> ? Value : never

/** A repository as one would explain it at a table: which images there are, and which has which tag. */
interface Model {
  images: Set<string>
  tags: Map<string, string>
  immutable: boolean
}

function after(model: Model, step: Step): Model {
  const next = { ...model, images: new Set(model.images), tags: new Map(model.tags) }
  if (step.do === 'set') return { ...next, immutable: step.immutable }
  if (step.do === 'push') {
    const holders = step.tags.map((tag) => model.tags.get(tag) ?? step.text)
    if (model.immutable && holders.some((holder) => holder !== step.text)) return model
    next.images.add(step.text)
    for (const tag of step.tags) next.tags.set(tag, step.text)
    return next
  }
  const text = step.do === 'delete tag' ? model.tags.get(step.tag) : step.text
  if (step.do === 'delete tag') next.tags.delete(step.tag)
  const keepsImage = step.do === 'delete tag' && [...next.tags.values()].some((holder) => holder === text)
  if (text === undefined || keepsImage) return next
  next.images.delete(text)
  for (const [tag, holder] of next.tags) if (holder === text) next.tags.delete(tag)
  return next
}

async function take(registry: Registry, key: RepositoryKey, step: Step): Promise<void> {
  if (step.do === 'set') return setTagMutability(registry, key, step.immutable ? immutable : mutable)
  if (step.do === 'push') {
    const push = {
      repository: key,
      cause,
      content: imageOf(step.text).content,
      tags: step.tags.map(parseTag),
    }
    await putManifest(registry, push).catch((error: unknown) => {
      expect(error).toMatchObject({ name: 'ImageTagAlreadyExistsError' })
    })
    return
  }
  const image = step.do === 'delete tag' ? { tag: parseTag(step.tag) } : { digest: imageOf(step.text).digest }
  await deleteImages(registry, key, [image], { lastTag: 'deletes-image', cause })
}

async function expectContents(registry: Registry, key: RepositoryKey, model: Model): Promise<void> {
  const { id } = (await registry.metadata.repositories.find(key)) ?? { id: 0 }
  const named = await registry.metadata.images.listNamed(id, { tagStatus: 'ANY', limit: 100 })
  const rows = named.map(({ digest, tag }) => `${tag ?? 'untagged'}: ${digest}`)
  const tagged = [...model.tags].map(([tag, text]) => `${tag}: ${imageOf(text).digest}`)
  const untagged = [...model.images]
    .filter((text) => ![...model.tags.values()].includes(text))
    .map((text) => `untagged: ${imageOf(text).digest}`)
  expect(rows.toSorted()).toEqual([...tagged, ...untagged].toSorted())
}

test('whatever is pushed, retagged and deleted, the repository holds what the rules say', async () => {
  await using world = await openTestRegistry()
  const { registry } = world
  let count = 0
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 15 }), async (steps) => {
      const key = keyOf(`team/app${count++}`)
      await makeRepository(registry, key)
      for (const text of texts) {
        await pushBlob(registry, key, `config ${text}`)
        await pushBlob(registry, key, `layer ${text}`)
      }
      let model: Model = { images: new Set(), tags: new Map(), immutable: false }
      for (const step of steps) {
        await take(registry, key, step)
        model = after(model, step)
        await expectContents(registry, key, model)
      }
    }),
    { numRuns: 25 },
  )
})
