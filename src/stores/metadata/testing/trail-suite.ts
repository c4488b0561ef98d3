import { describe, expect, test } from 'vitest'
import type { TrailRecord } from '../../../core/trail/trail-record.ts'
import type { MetadataStore } from '../metadata-store.ts'
import type { TrailFilter, TrailPosition } from '../trail.ts'
import { keyOf, noon, type OpenMetadata, openForAll, secondsAfterNoon } from './metadata-world.ts'

const { account } = keyOf('xx')
const elsewhere = keyOf('xx', '111122223333').account

function recordOf(facts: Partial<TrailRecord> = {}): TrailRecord {
  return {
    account,
    at: noon,
    principal: 'arn:aws:iam::000000000000:root',
    action: 'ecr:PutImage',
    resource: 'arn:aws:ecr:us-east-1:000000000000:repository/team/app',
    repository: 'team/app',
    outcome: 'success',
    by: 'root',
    sourceAddress: '192.0.2.1',
    requestId: 'one',
    count: 1,
    ...facts,
  }
}

/** Who did what. */
export function describeTrail(open: OpenMetadata): void {
  describe('the audit trail', () => {
    let store: MetadataStore
    const records = Array.from({ length: 250 }, (_, index) =>
      recordOf({
        at: secondsAfterNoon(Math.floor(index / 2)),
        requestId: `request ${index}`,
        ...(index % 10 === 0 && { outcome: 'denied', by: { policy: 'p', sid: 's' }, principal: 'dev' }),
        ...(index === 7 && { repository: undefined, action: 'ecr:GetAuthorizationToken' }),
        ...(index === 8 && { count: 12, until: secondsAfterNoon(9), parameters: { tag: 'v1' } }),
      }),
    )
    openForAll(open, async (opened) => {
      store = opened.store
      await store.write((tx) => tx.trail.add([...records, recordOf({ account: elsewhere })]))
    })

    const list = (filter: TrailFilter, before?: TrailPosition, limit = 1000) =>
      store.trail.list(account, filter, { before, limit })

    test('is told latest first, whole, to its own account', async () => {
      const found = await list({})
      expect(found.map(({ id, ...record }) => record)).toEqual(records.toReversed())
      expect(await store.trail.list(elsewhere, {}, { limit: 9 })).toHaveLength(1)
    })

    test('is told page by page, each record once', async () => {
      const found: string[] = []
      let before: TrailPosition | undefined
      for (;;) {
        const page = await list({}, before, 7)
        found.push(...page.map(({ requestId }) => requestId))
        before = page.at(-1)
        if (page.length < 7) break
      }
      expect(found).toEqual(records.map(({ requestId }) => requestId).toReversed())
    })

    test('is found by each of its facts, and by all of them together', async () => {
      expect(await list({ outcome: 'denied' })).toHaveLength(25)
      expect(await list({ principal: 'dev', action: 'ecr:PutImage', repository: 'team/app' })).toHaveLength(
        25,
      )
      expect(await list({ principal: 'de%' })).toEqual([])
      expect(await list({ action: 'ecr:GetAuthorizationToken' })).toHaveLength(1)
      expect(await list({ repository: 'team/ap_' })).toEqual([])
      expect(await list({ from: secondsAfterNoon(10), to: secondsAfterNoon(12) })).toHaveLength(4)
    })

    test('is forgotten from its beginning', async () => {
      const until = secondsAfterNoon(20)
      expect(await store.write((tx) => tx.trail.forget(until, 30))).toBe(30)
      expect(await store.write((tx) => tx.trail.forget(until, 30))).toBe(11)
      expect((await list({})).at(-1)?.at).toEqual(until)
    })
  })
}
