import { describe, expect, test } from 'vitest'
import type { EngineClaim } from '../../../core/ecs/engine-claim.ts'
import type { OpenMetadata } from './metadata-world.ts'

const claim: EngineClaim = { mark: 'a1b2', token: 'one', place: { id: 'here', run: 'first' } }

/** What an engine's containers are known by. */
export function describeEngineClaims(open: OpenMetadata): void {
  describe('claims on an engine', () => {
    test('stay in their order, and of two who add one behind the same one has', async () => {
      await using opened = await open()
      const { store } = opened
      expect(await store.engineClaims.all()).toEqual([])
      const others: EngineClaim[] = [
        { mark: 'c3d4', token: 'two', place: { id: 'there', run: undefined } },
        { mark: 'a1b2', token: 'three', place: undefined },
      ]
      const all = [claim, ...others]
      for (const [behind, one] of all.entries())
        expect(await store.write((tx) => tx.engineClaims.add(one, behind))).toBe(true)
      expect(await store.write((tx) => tx.engineClaims.add(claim, 2))).toBe(false)
      expect(await store.engineClaims.all()).toEqual(all)
    })

    test('are in a place that is the same when the store is opened again', async () => {
      await using opened = await open()
      await using other = await open()
      const place = await opened.store.place()
      expect(await (await opened.reopen()).place()).toEqual(place)
      expect(place.run).toBeDefined()
      const copy = await other.store.place()
      expect(copy.id).not.toBe(place.id)
    })

    test('begin with the one from before there were any, where there were clusters', async () => {
      await using opened = await open()
      await opened.execute('drop table engine_claims')
      await opened.execute("delete from schema_migrations where name = '0031-engine-claims'")
      await opened.execute(`insert into clusters (account_id, region, name, status, settings)
        values ('000000000000', 'us-east-1', 'default', 'ACTIVE', '[]')`)
      const before: EngineClaim = { mark: undefined, token: '', place: undefined }
      expect(await (await opened.reopen()).engineClaims.all()).toEqual([before])
    })
  })
}
