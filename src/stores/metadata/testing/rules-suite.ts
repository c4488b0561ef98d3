import { describe, expect, test } from 'vitest'
import type { BusKey, Rule, RuleKey } from '../../../core/events/rule.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { allPages, keyOf, noon, type OpenMetadata, openForAll, secondsAfterNoon } from './metadata-world.ts'

const { account, region } = keyOf('any')
const bus: BusKey = { account, region, name: 'default' }

function ruleNamed(name: string, facts: Partial<Rule> = {}): Rule {
  const key: RuleKey = { account, region, bus: 'default', name }
  return {
    ...key,
    pattern: '{"source":["a"]}',
    state: 'ENABLED',
    createdBy: account,
    createdAt: noon,
    ...facts,
  }
}

/** What EventBridge keeps: buses, rules and their targets, connections and destinations, and tags of all that has an ARN. */
export function describeRules(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })

  const put = (...rules: readonly Rule[]) =>
    store.write(async (tx) => {
      for (const rule of rules) await tx.rules.put(rule)
    })

  describe('rules', () => {
    test('are found as they were put, and take the place of those before', async () => {
      const rule = ruleNamed('one', { description: 'first', schedule: 'rate(1 day)', roleArn: 'arn' })
      await put(rule)
      expect(await store.rules.find(rule)).toEqual(rule)
      await put(ruleNamed('one', { state: 'DISABLED' }))
      expect(await store.rules.find(rule)).toEqual(ruleNamed('one', { state: 'DISABLED' }))
      expect(
        await store.rules.find({ ...rule, region: keyOf('any', account, 'eu-west-1').region }),
      ).toBeUndefined()
    })

    test('keep their targets when they are put again, and lose them when they go', async () => {
      const rule = ruleNamed('targets')
      await put(rule)
      const [a, b] = [
        { Id: 'a', Arn: 'arn:1' },
        { Id: 'b', Arn: 'arn:2', Input: '{}' },
      ]
      await store.write((tx) => tx.rules.putTargets(rule, [b, { ...a, Arn: 'arn:0' }, a]))
      await put({ ...rule, description: 'again' })
      expect(await store.rules.targets(rule)).toEqual([a, b])
      expect(await store.rules.namesByTarget(bus, 'arn:2', { limit: 10 })).toEqual(['targets'])
      await store.write((tx) => tx.rules.removeTargets(rule, ['a', 'missing']))
      expect(await store.rules.targets(rule)).toEqual([b])
      await store.write((tx) => tx.rules.delete(rule))
      expect(await store.rules.targets(rule)).toEqual([])
      expect(await store.rules.find(rule)).toBeUndefined()
    })

    test('that are enabled and have a pattern are told with their targets', async () => {
      const other = { ...bus, name: 'enabled' }
      const on = ruleNamed('on', { bus: 'enabled' })
      const off = ruleNamed('off', { bus: 'enabled', state: 'DISABLED' })
      const { pattern: _, ...timed } = ruleNamed('timed', { bus: 'enabled', schedule: 'rate(1 day)' })
      await put(on, off, timed)
      const target = { Id: 'a', Arn: 'arn:1' }
      await store.write((tx) => tx.rules.putTargets(on, [target]))
      expect(await store.rules.enabled(other)).toEqual([{ rule: on, targets: [target] }])
      expect(await store.rules.countOf(other)).toBe(3)
    })

    test('are listed by name, page by page, those of a prefix alone', async () => {
      const pages = { ...bus, name: 'pages' }
      const names = ['a-1', 'a-2', 'a-3', 'a.', 'b', 'a']
      await put(...names.map((name) => ruleNamed(name, { bus: 'pages' })))
      const listed = (prefix: string) =>
        allPages<Rule, string>((page) => store.rules.list(pages, { ...page, prefix }), {
          limit: 2,
          cursorOf: ({ name }) => name,
        })
      expect((await listed('')).map(({ name }) => name)).toEqual(names.toSorted())
      expect((await listed('a-')).map(({ name }) => name)).toEqual(['a-1', 'a-2', 'a-3'])
    })
  })

  test('a bus is kept with its policy, and changed as a whole', async () => {
    const made = { account, region, name: 'own', description: 'mine', createdAt: noon, changedAt: noon }
    await store.write((tx) => tx.rules.putBus(made))
    const changed = {
      account,
      region,
      name: 'own',
      policy: '{}',
      createdAt: noon,
      changedAt: secondsAfterNoon(1),
    }
    await store.write((tx) => tx.rules.putBus(changed))
    expect(await store.rules.bus(made)).toEqual(changed)
    expect(await store.rules.buses(made, { prefix: 'o', limit: 10 })).toEqual([changed])
    await store.write((tx) => tx.rules.deleteBus(made))
    expect(await store.rules.bus(made)).toBeUndefined()
  })

  test('connections and destinations are told apart by kind', async () => {
    const facts = { account, region, name: 'hook', createdAt: noon, changedAt: noon }
    const connection = { ...facts, kind: 'connection', id: '1', content: { a: [1] } } as const
    const destination = { ...facts, kind: 'api-destination', id: '2', content: { b: null } } as const
    await store.write(async (tx) => {
      await tx.destinations.put(connection)
      await tx.destinations.put(destination)
    })
    expect(await store.destinations.find(connection)).toEqual(connection)
    expect(await store.destinations.list(facts, 'api-destination', { limit: 10 })).toEqual([destination])
    await store.write((tx) => tx.destinations.delete(connection))
    expect(await store.destinations.find(connection)).toBeUndefined()
    expect(await store.destinations.find(destination)).toEqual(destination)
  })

  test('tags hang on an ARN, until they are taken off or it goes', async () => {
    const tags = (arn: string) => store.arnTags.of(arn)
    await store.write(async (tx) => {
      await tx.arnTags.put(
        'arn:1',
        new Map([
          ['b', '1'],
          ['a', '2'],
        ]),
      )
      await tx.arnTags.put('arn:1', new Map([['b', '3']]))
      await tx.arnTags.put('arn:2', new Map([['b', '4']]))
    })
    expect([...(await tags('arn:1'))]).toEqual([
      ['a', '2'],
      ['b', '3'],
    ])
    await store.write((tx) => tx.arnTags.remove('arn:1', ['a']))
    expect([...(await tags('arn:1'))]).toEqual([['b', '3']])
    await store.write((tx) => tx.arnTags.clear('arn:1'))
    expect((await tags('arn:1')).size).toBe(0)
    expect((await tags('arn:2')).size).toBe(1)
  })
}
