import { beforeEach, describe, expect, test } from 'vitest'
import type { Digest } from '../../../core/names/digest.ts'
import type { MetadataStore } from '../metadata-store.ts'
import type { ScannedImage } from '../scans.ts'
import {
  addBlob,
  addImage,
  addRepository,
  digestFor,
  keyOf,
  noon,
  type OpenMetadata,
  openForAll,
  secondsAfterNoon,
} from './metadata-world.ts'
import { scanEnd, vulnerability } from './scan-world.ts'

/** Scans of images, and what was read of their layers. */
export function describeScans(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })

  describe('a scan', () => {
    let image: ScannedImage
    let number = 0
    beforeEach(async () => {
      number += 1
      const repositoryId = await addRepository(store, keyOf(`scans/${number}`))
      image = { repositoryId, digest: await addImage(store, repositoryId, `scanned ${number}`) }
    })
    const ask = () =>
      store.write((tx) => tx.scans.ask(image, { type: 'BASIC', status: 'IN_PROGRESS', at: noon }))
    const places = async (type: 'BASIC' | 'ENHANCED', after?: ScannedImage, limit = 100) =>
      (await store.scans.ended({ type, after, limit })).map(({ repositoryId, digest }) => ({
        repositoryId,
        digest,
      }))
    const find = () => store.scans.find(image.repositoryId, image.digest)

    test('is under way, then has findings in pages', async () => {
      await ask()
      expect(await find()).toMatchObject({
        status: 'IN_PROGRESS',
        startedAt: noon,
        run: 1,
        severityCounts: {},
      })
      const findings = Array.from({ length: 250 }, (_, at) => vulnerability(at))
      expect(
        await store.write((tx) => tx.scans.end(image, 1, scanEnd({ sourceUpdatedAt: noon }), findings)),
      ).toBe(true)
      expect(await find()).toMatchObject({
        status: 'COMPLETE',
        description: 'done',
        completedAt: secondsAfterNoon(9),
        sourceUpdatedAt: noon,
        severityCounts: { HIGH: 250 },
      })
      for (const [from, limit] of [
        [0, 250],
        [0, 1],
        [99, 2],
        [150, 70],
        [200, 500],
      ] as const)
        expect(await store.scans.findings(image, 1, { from, limit })).toEqual(
          findings.slice(from, from + limit),
        )
    })

    test('that was asked for again ends only as the latest run', async () => {
      await ask()
      await ask()
      expect(await store.write((tx) => tx.scans.end(image, 1, scanEnd(), []))).toBe(false)
      expect(await find()).toMatchObject({ status: 'IN_PROGRESS', run: 2 })
      expect(await store.write((tx) => tx.scans.end(image, 2, scanEnd(), [vulnerability(2)]))).toBe(true)
    })

    test('is renewed with other findings, which are of another run', async () => {
      await ask()
      await store.write((tx) => tx.scans.end(image, 1, scanEnd(), [vulnerability(1)]))
      const renewed = scanEnd({ fingerprint: 'g', severityCounts: { HIGH: 1 } })
      const renewal = { image, run: 1, end: renewed, findings: [vulnerability(2)] }
      const ofAnotherRun = { ...renewal, run: 9 }
      expect(await store.write((tx) => tx.scans.renew([renewal, ofAnotherRun]))).toEqual([renewal])
      expect(await find()).toMatchObject({ run: 2, fingerprint: 'g' })
      expect(await store.scans.findings(image, 1, { from: 0, limit: 9 })).toEqual([])
      expect(await store.scans.findings(image, 2, { from: 0, limit: 9 })).toEqual([vulnerability(2)])
    })

    test('goes with its image', async () => {
      await ask()
      await store.write((tx) => tx.scans.end(image, 1, scanEnd(), [vulnerability(1)]))
      await store.write((tx) => tx.images.delete(image.repositoryId, image.digest, noon))
      expect(await find()).toBeUndefined()
      expect(await store.scans.findings(image, 1, { from: 0, limit: 9 })).toEqual([])
    })

    test('that has ended is listed in pages, by its type', async () => {
      const second = await addImage(store, image.repositoryId, `second ${number}`)
      await ask()
      expect(await places('BASIC')).not.toContainEqual(image)
      const other = { ...image, digest: second }
      for (const each of [image, other]) {
        await store.write(async (tx) => {
          await tx.scans.ask(each, { type: 'ENHANCED', status: 'PENDING', at: noon })
          const { run = 0 } = (await tx.scans.find(each.repositoryId, each.digest)) ?? {}
          await tx.scans.end(each, run, scanEnd({ status: 'ACTIVE' }), [])
        })
      }
      const [first] = await places('ENHANCED', undefined, 1)
      const rest = await places('ENHANCED', first)
      expect([first, ...rest]).toEqual([image, other].toSorted((a, b) => (a.digest < b.digest ? -1 : 1)))
      const [ended] = await store.scans.ended({ type: 'ENHANCED', limit: 1 })
      expect(ended).toMatchObject({ repository: keyOf(`scans/${number}`), scan: { status: 'ACTIVE' } })
      await store.write((tx) => tx.scans.confirm([image], secondsAfterNoon(99)))
      expect(await find()).toMatchObject({ sourceUpdatedAt: secondsAfterNoon(99) })
    })
  })

  describe('what was read of a layer', () => {
    const inventory = { files: [], removed: ['a'], emptied: [] }
    const keep = (digest: Digest, reader: number) =>
      store.write((tx) => tx.scans.keepInventory(digest, reader, inventory))

    test('is kept for all images, until a later reader knows better', async () => {
      const { digest } = await addBlob(store, await addRepository(store, keyOf('layers/app')), 'layer')
      await keep(digest, 1)
      expect(await store.scans.inventories([digest], 1)).toEqual(new Map([[digest, inventory]]))
      expect(await store.scans.inventories([digest], 2)).toEqual(new Map())
      await keep(digest, 2)
      expect((await store.scans.inventories([digest], 2)).size).toBe(1)
    })

    test('is not kept of a blob that is not there', async () => {
      await keep(digestFor('absent'), 1)
      expect(await store.scans.inventories([digestFor('absent')], 1)).toEqual(new Map())
    })
  })

  test('a scanning configuration is kept with the one before it, for its registry alone', async () => {
    const registry = keyOf('xx', '111122223333')
    expect(await store.scans.configuration(registry)).toBeUndefined()
    const enhanced = {
      type: 'ENHANCED',
      rules: [{ frequency: 'CONTINUOUS_SCAN', filters: ['prod'] }],
    } as const
    const basic = { type: 'BASIC', rules: [] } as const
    await store.write((tx) => tx.scans.putConfiguration(registry, enhanced))
    expect(await store.scans.configuration(registry)).toEqual(enhanced)
    expect(await store.scans.previousConfiguration(registry)).toEqual(basic)
    await store.write((tx) => tx.scans.putConfiguration(registry, basic))
    expect(await store.scans.previousConfiguration(registry)).toEqual(enhanced)
    expect(await store.scans.configuration(keyOf('xx', '111122223333', 'eu-west-1'))).toBeUndefined()
  })
}
