import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TaskDefinition, TaskDefinitionKey } from '../../../core/ecs/task-definition.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { allPages, keyOf, noon, type OpenMetadata, type TestMetadata } from './metadata-world.ts'

const { account, region } = keyOf('web')
const registry = { account, region }
const otherRegistry = { account, region: keyOf('web', account, 'eu-west-2').region }

function definition(family: string, revision: number, status: TaskDefinition['status'] = 'ACTIVE') {
  const content = { containerDefinitions: [{ name: family, image: 'httpd:2', memory: 128 }] }
  const registered = { registeredBy: `arn:aws:iam::${account}:root`, registeredAt: noon }
  const deregistered = status === 'INACTIVE' ? { deregisteredAt: noon } : {}
  return { ...registry, family, revision, status, content, ...registered, ...deregistered }
}

/** What ECS's actions rely on. */
export function describeEcs(open: OpenMetadata): void {
  let opened: TestMetadata
  let store: MetadataStore
  beforeAll(async () => {
    opened = await open()
    store = opened.store
  })
  afterAll(() => opened[Symbol.asyncDispose]())

  describe('clusters', () => {
    test('are listed while they are active, and found afterwards', async () => {
      const [b, a, gone] = ['b', 'a', 'gone'].map(
        (name) => ({ ...registry, name, status: 'ACTIVE', settings: [] }) as const,
      )
      if (!a || !b || !gone) throw new RangeError('three clusters')
      await store.write(async (tx) => {
        for (const cluster of [b, a, gone]) await tx.clusters.put(cluster)
        await tx.clusters.put({ ...gone, status: 'INACTIVE' })
      })
      expect(await store.clusters.list(registry, { limit: 9 })).toEqual([a, b])
      expect(await store.clusters.list(registry, { after: 'a', limit: 9 })).toEqual([b])
      expect(await store.clusters.list(otherRegistry, { limit: 9 })).toEqual([])
      expect(await store.clusters.find(gone)).toEqual({ ...gone, status: 'INACTIVE' })
    })
  })

  describe('task definitions', () => {
    test('get numbers that nobody else gets, though many ask at once', async () => {
      const family = { ...registry, family: 'counted' }
      const asking = Array.from({ length: 10 }, () =>
        store.write((tx) => tx.taskDefinitions.nextRevision(family)),
      )
      expect((await Promise.all(asking)).toSorted((one, other) => one - other)).toEqual([
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
      ])
    })

    test('are listed by family and number, either way, and their families by what is active', async () => {
      const all = [
        definition('api', 1, 'INACTIVE'),
        definition('web', 1, 'INACTIVE'),
        definition('web', 2),
        definition('web', 10),
        definition('work', 1),
      ]
      await store.write(async (tx) => {
        for (const one of all) {
          if (one.revision === 1) await tx.taskDefinitions.nextRevision(one)
          await tx.taskDefinitions.put(one)
        }
      })
      const list = (order: 'asc' | 'desc') =>
        allPages((page) => store.taskDefinitions.list(registry, { status: 'ACTIVE', order, ...page }), {
          limit: 1,
          cursorOf: ({ family, revision }: TaskDefinitionKey) => ({ family, revision }),
        })
      const names = ['web 2', 'web 10', 'work 1']
      expect((await list('asc')).map(({ family, revision }) => `${family} ${revision}`)).toEqual(names)
      expect((await list('desc')).map(({ family, revision }) => `${family} ${revision}`)).toEqual(
        names.toReversed(),
      )
      const families = (status: 'ACTIVE' | 'INACTIVE' | 'ALL') =>
        store.taskDefinitions.families(registry, { status, limit: 9 })
      expect(await families('ACTIVE')).toEqual(['web', 'work'])
      expect(await families('INACTIVE')).toEqual(['api'])
      expect(await families('ALL')).toEqual(['api', 'web', 'work'])
      expect(await store.taskDefinitions.latest({ ...registry, family: 'web' })).toEqual(
        definition('web', 10),
      )
      expect(
        await store.taskDefinitions.find({ ...otherRegistry, family: 'web', revision: 2 }),
      ).toBeUndefined()
    })
  })
}
