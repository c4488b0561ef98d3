import { beforeEach, describe, expect, test } from 'vitest'
import type { Advisory, AffectedPackage } from '../../../core/scanning/advisory.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { noon, type OpenMetadata, openForAll, secondsAfterNoon } from './metadata-world.ts'

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

/** What is known of vulnerable packages. */
export function describeAdvisories(open: OpenMetadata): void {
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
}
