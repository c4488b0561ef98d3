import { expect, test } from 'vitest'
import { afterPull, beforePull, type PulledReference } from './pulled-reference.ts'

const at = 1_000
const [tag, digest] = ['docker.io/library/app:v1', 'docker.io/library/app@sha256:1']
const elsewhere = 'registry.example.com/app:v1'
const image = { id: 'one', references: [tag, digest, elsewhere] }
const pulled = (reference: string, facts: Partial<PulledReference> = {}): PulledReference => ({
  reference,
  imageId: 'one',
  state: 'PULLED',
  usedAt: 0,
  ...facts,
})

test('what the engine has and Berth has not pulled is nothing of its own, before and after a pull', () => {
  expect(beforePull(undefined, { reference: tag, isThere: true, at })).toBeUndefined()
  const before = new Set([tag, digest])
  expect(afterPull(image, { reference: tag, before, known: [], at })).toEqual([])
})

test('what the engine lacks is noted before it is asked for, and its own once it has come', () => {
  const noted = beforePull(undefined, { reference: tag, isThere: false, at })
  expect(noted).toEqual({ reference: tag, state: 'PULLING', usedAt: at })
  const found = afterPull(image, { reference: tag, before: new Set([elsewhere]), known: [], at })
  expect(found).toEqual([pulled(tag, { usedAt: at }), pulled(digest, { usedAt: at })])
})

test('a tag that comes to an image which was there by its digest is its own, and the digest is not', () => {
  const found = afterPull(image, { reference: tag, before: new Set([digest]), known: [], at })
  expect(found).toEqual([pulled(tag, { usedAt: at })])
})

test('what is its own already stays so, though it was to be removed, and moves with its tag', () => {
  const known = pulled(tag, { state: 'REMOVING', imageId: 'old' })
  expect(beforePull(known, { reference: tag, isThere: true, at })).toEqual({ ...known, usedAt: at })
  const found = afterPull(image, { reference: tag, before: new Set([tag]), known: [known], at })
  expect(found).toEqual([pulled(tag, { usedAt: at }), pulled(digest, { usedAt: at })])
})

test('what a killed Berth was pulling and is there by now may be anybody’s', () => {
  const known = pulled(tag, { state: 'PULLING' })
  expect(beforePull(known, { reference: tag, isThere: true, at })).toEqual({ ...known, usedAt: at })
  const before = new Set([tag, digest])
  expect(afterPull(image, { reference: tag, before, known: [known], at })).toEqual([])
})
