import { describe, expect, test } from 'vitest'
import type { MetadataStore } from '../metadata-store.ts'
import type { StoredRobot } from '../robots.ts'
import { keyOf, noon, type OpenMetadata, openForAll, secondsAfterNoon } from './metadata-world.ts'

const { account, region } = keyOf('xx')
const registry = { account, region }
const elsewhere = { ...registry, account: keyOf('xx', '111122223333').account }

function robotNamed(name: string, facts: Partial<StoredRobot> = {}): StoredRobot {
  return {
    id: `BRT${name}`,
    name,
    scope: { registry, actions: ['pull', 'push'], repositories: ['team/*'] },
    maker: { arn: `arn:aws:iam::${account}:root`, userId: account },
    secretHash: 'ab12',
    createdAt: noon,
    expiresAt: undefined,
    lastUsedAt: undefined,
    ...facts,
  }
}

/** Logins for machines. */
export function describeRobots(open: OpenMetadata): void {
  describe('robots', () => {
    let store: MetadataStore
    openForAll(open, (opened) => {
      store = opened.store
    })

    const add = (robot: StoredRobot) => store.write((tx) => tx.robots.add(robot))

    test('are known by their ids, and by their names in their registry', async () => {
      const ci = robotNamed('ci', { expiresAt: secondsAfterNoon(60) })
      expect(await add(ci)).toBe(true)
      expect(await add({ ...ci, id: 'BRTother' })).toBe(false)
      const namesake = robotNamed('ci', { id: 'BRTforeign', scope: { ...ci.scope, registry: elsewhere } })
      expect(await add(namesake)).toBe(true)
      expect(await store.robots.find('BRTci')).toEqual(ci)
      expect(await store.robots.findByName(elsewhere, 'ci')).toEqual(namesake)
      expect(await store.robots.findByName(registry, 'c%')).toBeUndefined()
    })

    test('are listed by name, and are gone when they are deleted', async () => {
      const [alpha, zeta] = [robotNamed('alpha'), robotNamed('zeta')]
      await add(zeta)
      await add(alpha)
      const names = async (after?: string) =>
        (await store.robots.list(registry, { after, limit: 9 })).map(({ name }) => name)
      expect(await names()).toEqual(['alpha', 'ci', 'zeta'])
      expect(await names('alpha')).toEqual(['ci', 'zeta'])
      await store.write((tx) => tx.robots.delete(zeta.id))
      expect(await names('alpha')).toEqual(['ci'])
      expect(await store.robots.find(zeta.id)).toBeUndefined()
    })

    test('remember their latest use', async () => {
      const used = robotNamed('used')
      await add(used)
      const record = (seconds: number) =>
        store.write((tx) => tx.robots.recordUse(used.id, secondsAfterNoon(seconds)))
      await record(60)
      await record(30)
      await store.write((tx) => tx.robots.recordUse('gone', noon))
      expect((await store.robots.find(used.id))?.lastUsedAt).toEqual(secondsAfterNoon(60))
    })
  })
}
