import { beforeEach, describe, expect, test } from 'vitest'
import type { Finding } from '../../../core/scanning/finding.ts'
import type { MetadataStore } from '../metadata-store.ts'
import type { ScannedImage } from '../scans.ts'
import { addImage, addRepository, keyOf, noon, type OpenMetadata, openForAll } from './metadata-world.ts'
import { scanEnd, vulnerability } from './scan-world.ts'

/** Which images have a vulnerability. */
export function describeVulnerableImages(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })

  describe('images are found by a vulnerability', () => {
    const registry = keyOf('any')
    let image: ScannedImage
    let number = 0
    let name: string
    beforeEach(async () => {
      number += 1
      name = `CVE-2027-${number}`
      const repositoryId = await addRepository(store, keyOf(`scans/${number}`))
      image = { repositoryId, digest: await addImage(store, repositoryId, `scanned ${number}`) }
    })
    const found = (facts: Partial<Finding> = {}): Finding => ({ ...vulnerability(1), name, ...facts })
    const scanned = async (place: ScannedImage, findings: readonly Finding[]) => {
      await store.write((tx) => tx.scans.ask(place, { type: 'BASIC', status: 'IN_PROGRESS', at: noon }))
      const { run = 0 } = (await store.scans.find(place.repositoryId, place.digest)) ?? {}
      await store.write((tx) => tx.scans.end(place, run, scanEnd(), findings))
    }
    const all = () => store.scans.placesOf(registry, name, { limit: 100 })

    test('with the package, in pages, and counted by image', async () => {
      const second = { ...image, digest: await addImage(store, image.repositoryId, `other ${number}`) }
      const libcurl = found({ packageName: 'libcurl', fixedIn: '2' })
      await scanned(image, [found(), libcurl, vulnerability(8)])
      await scanned(second, [found()])
      const places = await all()
      expect(places).toHaveLength(3)
      expect(places).toContainEqual({
        repository: keyOf(`scans/${number}`),
        ...image,
        severity: 'HIGH',
        format: 'dpkg',
        packageName: 'libcurl',
        packageVersion: '1',
        fixedIn: '2',
        cursor: expect.anything(),
      })
      const first = await store.scans.placesOf(registry, name, { limit: 2 })
      const rest = await store.scans.placesOf(registry, name, { after: first.at(-1)?.cursor, limit: 2 })
      expect([...first, ...rest]).toEqual(places)
      expect(await store.scans.countImagesWith(registry, name)).toBe(2)
      expect(await store.scans.marks(image.repositoryId, [image.digest], [name])).toHaveLength(2)
    })

    test('not by another registry, nor when they are gone', async () => {
      await scanned(image, [found()])
      const elsewhere = keyOf('any', '111122223333')
      expect(await store.scans.placesOf(elsewhere, name, { limit: 9 })).toEqual([])
      expect(await store.scans.countImagesWith(elsewhere, name)).toBe(0)
      await scanned(image, [vulnerability(9)])
      expect(await all()).toEqual([])
    })

    test('as they are after a renewal', async () => {
      await scanned(image, [found(), found({ packageName: 'libcurl' })])
      const findings = [found({ fixedIn: '9' }), found({ packageName: 'libcurl' })]
      await store.write((tx) => tx.scans.renew([{ image, run: 1, end: scanEnd(), findings }]))
      expect((await all()).map(({ packageName, fixedIn }) => [packageName, fixedIn])).toEqual(
        expect.arrayContaining([
          ['curl', '9'],
          ['libcurl', undefined],
        ]),
      )
      expect(await all()).toHaveLength(2)
    })

    test('not of an image that is forgotten or deleted', async () => {
      await scanned(image, [found()])
      await store.write((tx) => tx.scans.forget(image))
      expect(await all()).toEqual([])
      await scanned(image, [found()])
      await store.write((tx) => tx.images.delete(image.repositoryId, image.digest, noon))
      expect(await all()).toEqual([])
    })
  })
}
