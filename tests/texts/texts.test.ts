import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dockerTexts } from './docker.ts'
import { imageTexts } from './images.ts'
import { layerTexts } from './layers.ts'
import { policyTexts } from './policies.ts'
import { repositoryTexts } from './repositories.ts'
import { scanAndCacheTexts } from './scans-and-caches.ts'
import { openTextWorld, type TextWorld } from './text-world.ts'

const groups = {
  repositories: repositoryTexts,
  images: imageTexts,
  layers: layerTexts,
  policies: policyTexts,
  'scans and caches': scanAndCacheTexts,
  // Last, since the clock moves there.
  docker: dockerTexts,
}

let world: TextWorld
beforeAll(async () => {
  world = await openTextWorld()
})
afterAll(() => world[Symbol.asyncDispose]())

/** Texts that users and clients have seen from ECR or that its documentation shows; clients go by many of them. */
describe('what Berth says, to the last byte', () => {
  describe.each(Object.entries(groups))('of %s', (_, texts) => {
    test.each(texts)('when $when', async ({ expected, provoke }) => {
      expect(await provoke(world)).toBe(expected)
      expect(world.berth.failures).toEqual([])
    })
  })

  test('is tried in as many cases as ever (npx vitest run tests/texts --update counts anew)', async () => {
    const counts = Object.fromEntries(Object.entries(groups).map(([name, texts]) => [name, texts.length]))
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const page = `${JSON.stringify({ total, ...counts }, undefined, 2)}\n`
    await expect(page).toMatchFileSnapshot(join(import.meta.dirname, 'text-counts.json'))
  })
})
