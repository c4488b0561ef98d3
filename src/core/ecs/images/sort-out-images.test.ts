import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readImageName } from './image-name.ts'
import type { EngineImage, PulledReference } from './pulled-reference.ts'
import { type ImageSurroundings, sortOutImages } from './sort-out-images.ts'

const repositories = ['docker.io/library/app', 'localhost:4566/web']
const names = repositories.flatMap((one) => [`${one}:v1`, `${one}:v2`, `${one}@sha256:1`, `${one}@sha256:2`])
const ids = ['one', 'two', 'three']
const [at, expiry] = [100, 50]

const anyReference = fc.record({
  reference: fc.constantFrom(...names),
  imageId: fc.constantFrom(...ids),
  state: fc.constantFrom<PulledReference['state']>('PULLED', 'PULLED', 'PULLED', 'PULLING', 'REMOVING'),
  usedAt: fc.integer({ min: 0, max: at }),
})

/** What Berth has pulled, on an engine whose every name is of one image. */
const anyWorld = fc.record({
  pulled: fc.uniqueArray(anyReference, { selector: ({ reference }) => reference }),
  owners: fc.array(fc.option(fc.constantFrom(...ids)), { minLength: names.length, maxLength: names.length }),
  inUse: fc.subarray(ids),
  digests: fc.subarray(['sha256:1', 'sha256:2'], { maxLength: 1 }),
  references: fc.subarray(names, { maxLength: 2 }),
})

type World = typeof anyWorld extends fc.Arbitrary<infer Value> ? Value : never

test('an image goes only if Berth alone has it by a repository, and nothing has used it for long enough', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const { pulled, around } = surroundings(world)
      const { expired } = sortOutImages(pulled, around)
      for (const { reference, state, usedAt, imageId } of expired) {
        const image = around.images.find(({ references }) => references.includes(reference))
        const siblings =
          image?.references.filter((one) => repositoryOf(one) === repositoryOf(reference)) ?? []
        expect(state).toBe('PULLED')
        expect(usedAt).toBeLessThanOrEqual(at - expiry)
        expect(image?.id).toBe(imageId)
        expect(around.inUse.has(image?.id ?? '')).toBe(false)
        expect(siblings.filter((one) => !expired.some((own) => own.reference === one))).toEqual([])
        expect(image?.references.filter((one) => around.needed.references.has(one))).toEqual([])
        expect(image?.references.filter((one) => around.needed.digests.has(digestOf(one)))).toEqual([])
      }
    }),
  )
})

test('nothing has two fates, and what is needed is neither removed nor lost', () => {
  fc.assert(
    fc.property(anyWorld, (world) => {
      const { pulled, around } = surroundings(world)
      const { used, expired, lost } = sortOutImages(pulled, around)
      const all = [...used, ...expired, ...lost]
      expect(new Set(all).size).toBe(all.length)
      expect(pulled).toEqual(expect.arrayContaining(all))
      for (const { state } of used) expect(state).toBe('PULLED')
    }),
  )
})

test('an image that nobody needs goes by its tag first, and then by its digest', () => {
  const references = ['docker.io/library/app@sha256:1', 'docker.io/library/app:v1']
  const pulled = references.map((reference) => pulledAt(reference, 0))
  expect(sortOutImages(pulled, alone({ id: 'one', references })).expired).toEqual(pulled.toReversed())
})

test.each([
  ['its tag in the same repository', 'docker.io/library/app:mine', []],
  ['its digest in the same repository', 'docker.io/library/app@sha256:1', []],
  ['its name in another repository, which it keeps', 'localhost/mine:v1', ['docker.io/library/app:v1']],
])('an image stays where somebody else has it by %s', (_what, theirs, expired) => {
  const reference = 'docker.io/library/app:v1'
  const image = { id: 'one', references: [reference, theirs] }
  const found = sortOutImages([pulledAt(reference, 0)], alone(image))
  expect(found.expired.map((one) => one.reference)).toEqual(expired)
  expect(found.lost).toEqual([])
})

test.each<[string, Partial<PulledReference>, readonly string[]]>([
  ['the engine has it no longer', {}, []],
  ['its name is that of another image by now', { imageId: 'another' }, ['docker.io/library/app:v1']],
  ['a killed Berth was pulling it', { state: 'PULLING' }, ['docker.io/library/app:v1']],
  ['a killed Berth was removing it', { state: 'REMOVING' }, ['docker.io/library/app:v1']],
])('a reference is left to the owner of the engine if %s', (_why, facts, references) => {
  const known = { ...pulledAt('docker.io/library/app:v1', 0), ...facts }
  const { lost, expired } = sortOutImages([known], alone({ id: 'one', references }))
  expect({ lost, expired }).toEqual({ lost: [known], expired: [] })
})

function surroundings({ pulled, owners, inUse, digests, references }: World) {
  const images = ids.map((id) => ({ id, references: names.filter((_name, index) => owners[index] === id) }))
  const needed = { digests: new Set(digests), references: new Set(references) }
  return { pulled, around: { images, inUse: new Set(inUse), needed, at, expiry } }
}

function alone(image: EngineImage): ImageSurroundings {
  const needed = { digests: new Set<string>(), references: new Set<string>() }
  return { images: [image], inUse: new Set(), needed, at, expiry }
}

function pulledAt(reference: string, usedAt: number): PulledReference {
  return { reference, imageId: 'one', state: 'PULLED', usedAt }
}

function repositoryOf(reference: string): string {
  return readImageName(reference).repository
}

function digestOf(reference: string): string {
  return readImageName(reference).digest ?? ''
}
