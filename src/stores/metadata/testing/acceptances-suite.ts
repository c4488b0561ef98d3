import { describe, expect, test } from 'vitest'
import type { Acceptance } from '../../../core/scanning/acceptance.ts'
import type { MetadataStore } from '../metadata-store.ts'
import {
  addRepository,
  digestFor,
  keyOf,
  noon,
  type OpenMetadata,
  openForAll,
  secondsAfterNoon,
} from './metadata-world.ts'

/** Vulnerabilities that somebody has accepted, and gates before pulls. */
export function describeAcceptances(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
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
}
