import { beforeEach, describe, expect, test } from 'vitest'
import type { Digest } from '../../../core/names/digest.ts'
import type { Acceptance } from '../../../core/scanning/acceptance.ts'
import type { Advisory, AffectedPackage } from '../../../core/scanning/advisory.ts'
import type { Finding } from '../../../core/scanning/finding.ts'
import type { MetadataStore } from '../metadata-store.ts'
import type { ScanEnd, ScannedImage } from '../scans.ts'
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

function affected(ecosystem: string, name: string, fixed: string): AffectedPackage {
  const range = [{ type: 'introduced', version: '0' } as const, { type: 'fixed', version: fixed } as const]
  return { ecosystem, name, ranges: [range], versions: [], rating: { cvss: [], word: 'high' } }
}

function advisory(id: string, packages: readonly AffectedPackage[], facts: Partial<Advisory> = {}): Advisory {
  const words = { description: `what ${id} is`, url: `https://x/${id}`, references: ['https://y'] }
  return {
    id,
    modified: noon,
    published: undefined,
    names: ['CVE-2026-1'],
    ...words,
    affected: packages,
    ...facts,
  }
}

function vulnerability(number: number): Finding {
  return {
    name: `CVE-2026-${number}`,
    advisories: ['A'],
    severity: 'HIGH',
    cvss: [],
    format: 'dpkg',
    packageName: 'curl',
    packageVersion: '1',
    installed: [],
    firstObservedAt: 7,
  }
}

function end(facts: Partial<ScanEnd> = {}): ScanEnd {
  return {
    status: 'COMPLETE',
    description: 'done',
    completedAt: secondsAfterNoon(9),
    severityCounts: { HIGH: 250 },
    fingerprint: 'f',
    ...facts,
  }
}

/** Advisories, what layers say of packages, and scans. */
export function describeScans(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })

  describe('advisories', () => {
    const put = (...all: Advisory[]) => store.write((tx) => tx.advisories.put(all))
    const of = async (...names: string[]) => store.advisories.entries(['Debian:12', 'npm'], names)

    beforeEach(() => store.write((tx) => tx.advisories.delete(['A', 'B'])))

    test('are found by ecosystem and package, with all they say of it', async () => {
      const two = [affected('Debian:12', 'curl', '2'), affected('Debian:12', 'curl', '3')]
      await put(
        advisory('A', [...two, affected('Debian:13', 'curl', '4'), affected('npm', 'left-pad', '1.1.0')]),
      )
      await put(advisory('B', [affected('Debian:12', 'openssl', '5')]))
      expect(await of('curl')).toEqual(two.map((one) => ({ id: 'A', names: ['CVE-2026-1'], affected: one })))
      expect((await of('left-pad', 'openssl', 'none')).map(({ id }) => id)).toEqual(['B', 'A'])
    })

    test('take the place of an earlier version, packages and all', async () => {
      await put(advisory('A', [affected('Debian:12', 'curl', '2'), affected('Debian:12', 'openssl', '2')]))
      await put(advisory('A', [affected('Debian:12', 'curl', '9')], { modified: secondsAfterNoon(1) }))
      expect(
        (await of('curl', 'openssl')).map(({ affected: { name, ranges } }) => [
          name,
          ranges[0]?.[1]?.version,
        ]),
      ).toEqual([['curl', '9']])
      expect(await store.advisories.modified(['A', 'B'])).toEqual(new Map([['A', secondsAfterNoon(1)]]))
    })

    test('keep their words, and are counted', async () => {
      await put(
        advisory('A', [affected('Debian:12', 'curl', '2'), affected('Debian:12', 'wget', '2')], {
          published: noon,
        }),
      )
      expect(await store.advisories.words(['A', 'none'])).toEqual([
        {
          id: 'A',
          modified: noon,
          published: noon,
          description: 'what A is',
          url: 'https://x/A',
          references: ['https://y'],
        },
      ])
      expect(await store.advisories.count('Debian:12')).toBe(1)
    })

    test('come at a time that is noted for their ecosystem', async () => {
      const feed = (seconds: number, newest: number) => ({
        ecosystem: 'Debian:12',
        updatedAt: secondsAfterNoon(seconds),
        newestAt: secondsAfterNoon(newest),
      })
      await store.write((tx) => tx.advisories.noteFeeds([feed(1, 7)]))
      await store.write((tx) => tx.advisories.noteFeeds([feed(2, 3)]))
      expect(await store.advisories.feeds(['Debian:12', 'npm'])).toEqual([feed(2, 7)])
      expect(await store.advisories.feeds()).toEqual([feed(2, 7)])
    })
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
        await store.write((tx) => tx.scans.end(image, 1, end({ sourceUpdatedAt: noon }), findings)),
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
      expect(await store.write((tx) => tx.scans.end(image, 1, end(), []))).toBe(false)
      expect(await find()).toMatchObject({ status: 'IN_PROGRESS', run: 2 })
      expect(await store.write((tx) => tx.scans.end(image, 2, end(), [vulnerability(2)]))).toBe(true)
    })

    test('is renewed with other findings, which are of another run', async () => {
      await ask()
      await store.write((tx) => tx.scans.end(image, 1, end(), [vulnerability(1)]))
      const renewed = end({ fingerprint: 'g', severityCounts: { HIGH: 1 } })
      const renewal = { image, run: 1, end: renewed, findings: [vulnerability(2)] }
      const ofAnotherRun = { ...renewal, run: 9 }
      expect(await store.write((tx) => tx.scans.renew([renewal, ofAnotherRun]))).toEqual([renewal])
      expect(await find()).toMatchObject({ run: 2, fingerprint: 'g' })
      expect(await store.scans.findings(image, 1, { from: 0, limit: 9 })).toEqual([])
      expect(await store.scans.findings(image, 2, { from: 0, limit: 9 })).toEqual([vulnerability(2)])
    })

    test('goes with its image', async () => {
      await ask()
      await store.write((tx) => tx.scans.end(image, 1, end(), [vulnerability(1)]))
      await store.write((tx) => tx.images.delete(image.repositoryId, image.digest, noon))
      expect(await find()).toBeUndefined()
      expect(await store.scans.findings(image, 1, { from: 0, limit: 9 })).toEqual([])
    })

    describe('has findings that are found by their vulnerability:', () => {
      const registry = keyOf('any')
      let name: string
      beforeEach(() => {
        name = `CVE-2027-${number}`
      })
      const found = (facts: Partial<Finding> = {}): Finding => ({ ...vulnerability(1), name, ...facts })
      const scanned = async (place: ScannedImage, findings: readonly Finding[]) => {
        await store.write((tx) => tx.scans.ask(place, { type: 'BASIC', status: 'IN_PROGRESS', at: noon }))
        const { run = 0 } = (await store.scans.find(place.repositoryId, place.digest)) ?? {}
        await store.write((tx) => tx.scans.end(place, run, end(), findings))
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
        await store.write((tx) => tx.scans.renew([{ image, run: 1, end: end(), findings }]))
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

    test('that has ended is listed in pages, by its type', async () => {
      const second = await addImage(store, image.repositoryId, `second ${number}`)
      await ask()
      expect(await places('BASIC')).not.toContainEqual(image)
      const other = { ...image, digest: second }
      for (const each of [image, other]) {
        await store.write(async (tx) => {
          await tx.scans.ask(each, { type: 'ENHANCED', status: 'PENDING', at: noon })
          const { run = 0 } = (await tx.scans.find(each.repositoryId, each.digest)) ?? {}
          await tx.scans.end(each, run, end({ status: 'ACTIVE' }), [])
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

  describe('what is accepted', () => {
    const registry = keyOf('acceptances', '222233334444')
    const acceptance = (vulnerability: string, facts: Partial<Acceptance> = {}): Acceptance => {
      const why = { status: 'RISK_ACCEPTED', reason: 'because', by: 'arn:x' } as const
      return { vulnerability, ...why, at: noon, ...facts }
    }
    const all = async () => store.acceptances.list(registry, { limit: 99 })

    test('is listed in pages, takes the place of the same, and is taken back by its scope', async () => {
      const everywhere = acceptance('CVE-1')
      const here = acceptance('CVE-1', {
        repository: registry.name,
        digest: digestFor('x'),
        packageName: 'curl',
        status: 'NOT_AFFECTED',
        justification: 'component_not_present',
        expiresAt: secondsAfterNoon(9),
      })
      await store.write((tx) => tx.acceptances.put(registry, [here, acceptance('CVE-2'), everywhere]))
      expect(await all()).toEqual([everywhere, here, acceptance('CVE-2')])
      expect(await store.acceptances.list(registry, { after: everywhere, limit: 1 })).toEqual([here])
      expect(await store.acceptances.list(registry, { after: here, limit: 9 })).toEqual([acceptance('CVE-2')])
      const renewed = acceptance('CVE-1', { reason: 'another' })
      await store.write((tx) => tx.acceptances.put(registry, [renewed]))
      expect(await store.acceptances.count(registry)).toBe(3)
      expect((await all())[0]).toEqual(renewed)
      const take = (scope: Acceptance) => store.write((tx) => tx.acceptances.delete(registry, scope))
      expect([await take(renewed), await take(renewed)]).toEqual([true, false])
      expect(await all()).toEqual([here, acceptance('CVE-2')])
      expect(await store.acceptances.count(keyOf('any', '222233334444', 'eu-west-1'))).toBe(0)
    })
  })

  test('a pull gate is kept, changed and taken away', async () => {
    const key = keyOf('gated')
    const id = await addRepository(store, key)
    const exempt = ['arn:aws:iam::111122223333:role/*']
    const gate = { severity: 'HIGH', unscanned: 'REFUSE', exempt } as const
    await store.write((tx) => tx.pullGates.put(id, { ...gate, severity: 'LOW', exempt: [] }))
    await store.write((tx) => tx.pullGates.put(id, gate))
    expect(await store.pullGates.of(id)).toEqual(gate)
    expect(await store.write((tx) => tx.pullGates.delete(id))).toBe(true)
    expect(await store.write((tx) => tx.pullGates.delete(id))).toBe(false)
    expect(await store.pullGates.of(id)).toBeUndefined()
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
