import { describe, expect, test } from 'vitest'
import type { Cluster } from '../../../core/ecs/cluster.ts'
import type { InstanceState } from '../../../core/ecs/container-instance.ts'
import type { PulledReference } from '../../../core/ecs/images/pulled-reference.ts'
import type { Task } from '../../../core/ecs/task.ts'
import type { TaskDefinition, TaskDefinitionKey } from '../../../core/ecs/task-definition.ts'
import { sampleTask } from '../../../core/ecs/testing/sample-task.ts'
import type { MetadataStore } from '../metadata-store.ts'
import type { TaskPage } from '../tasks.ts'
import {
  addImage,
  allPages,
  digestFor,
  keyOf,
  newRepository,
  noon,
  type OpenMetadata,
  openForAll,
  secondsAfterNoon,
} from './metadata-world.ts'

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
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })

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

  describe('clusters, and what is said of them,', () => {
    const cluster = { ...registry, name: 'told', status: 'ACTIVE', settings: [] } as const
    const told: InstanceState = {
      status: 'DRAINING',
      attributes: { stack: 'prod', plain: null },
      version: 3,
    }

    test('keep where the output of commands goes, until they are told otherwise', async () => {
      const put = (one: Cluster) => store.write((tx) => tx.clusters.put(one))
      const logged = { ...cluster, execLogging: { logging: 'OVERRIDE', group: '/exec' } } as const
      await put(logged)
      expect(await store.clusters.find(cluster)).toEqual(logged)
      await put(cluster)
      expect(await store.clusters.find(cluster)).toEqual(cluster)
    })

    test('know the state of an instance, in each cluster its own', async () => {
      const usual = await store.containerInstances.state(cluster, 'engine')
      await store.write((tx) => tx.containerInstances.put(cluster, 'engine', told))
      expect(await store.containerInstances.state(cluster, 'engine')).toEqual(told)
      expect(await store.containerInstances.state({ ...cluster, name: 'other' }, 'engine')).toEqual(usual)
      expect(await store.containerInstances.state(cluster, 'other')).toEqual(usual)
    })
  })

  describe('account settings', () => {
    test('are those of one principal in one registry, until they are deleted', async () => {
      const [one, other] = ['user/one', 'user/other'].map((name) => `arn:aws:iam::${account}:${name}`)
      const setting = (value: string) => ({ name: 'containerInsights', value })
      await store.write(async (tx) => {
        await tx.ecsAccountSettings.put(registry, one ?? '', setting('enabled'))
        await tx.ecsAccountSettings.put(registry, one ?? '', setting('disabled'))
      })
      const of = async (principal = '', where = registry) => [
        ...(await store.ecsAccountSettings.of(where, principal)),
      ]
      expect(await of(one)).toEqual([['containerInsights', 'disabled']])
      expect([await of(other), await of(one, otherRegistry)]).toEqual([[], []])
      await store.write((tx) => tx.ecsAccountSettings.delete(registry, one ?? '', 'containerInsights'))
      expect(await of(one)).toEqual([])
    })
  })

  describe('what was pulled to an engine', () => {
    const of = (engine: string) => store.pulledReferences.of(engine)
    const web = { reference: 'localhost:4566/web@sha256:1', state: 'PULLING', usedAt: 1 } as const
    const pulled = { ...web, imageId: 'sha256:2', state: 'PULLED', usedAt: 2 } as const

    test('is known by engine and reference, with what became of it last', async () => {
      const api = { ...pulled, reference: 'docker.io/library/api:v1' }
      await store.write(async (tx) => {
        for (const one of [web, pulled, api]) await tx.pulledReferences.put('engine', one)
        await tx.pulledReferences.put('other', web)
      })
      expect(await of('engine')).toEqual([api, pulled])
      expect(await of('other')).toEqual([web])
    })

    test('is changed and forgotten only as it was seen', async () => {
      const removing = { ...pulled, state: 'REMOVING' } as const
      const replace = (known: PulledReference, next: PulledReference) =>
        store.write((tx) => tx.pulledReferences.replace('other', known, next))
      expect(await replace(pulled, removing)).toBe(false)
      expect(await replace(web, pulled)).toBe(true)
      expect(await replace({ ...pulled, usedAt: 1 }, removing)).toBe(false)
      expect(await replace(pulled, removing)).toBe(true)
      await store.write((tx) => tx.pulledReferences.forget('other', pulled))
      expect(await of('other')).toEqual([removing])
      await store.write((tx) => tx.pulledReferences.forget('other', removing))
      expect(await of('other')).toEqual([])
    })
  })

  describe('tasks', () => {
    const cluster = { ...registry, name: 'listed' }
    const task = (number: number, facts: Partial<Task> = {}) =>
      sampleTask([], { cluster, number: number + 100, ...facts })
    const [web, api, placed, stopped] = [
      task(1, { startedBy: 'somebody' }),
      task(2, { family: 'api', startedBy: 'somebody' }),
      task(3, { instance: 'engine' }),
      task(4, { desired: 'STOPPED', status: 'STOPPED' }),
    ] as const
    const elsewhere = task(1, { cluster: { ...otherRegistry, name: 'listed' } })

    test('are listed by what they are meant to be, and by whatever else is asked for, page by page', async () => {
      await store.write(async (tx) => {
        for (const one of [placed, api, web, stopped, elsewhere]) await tx.tasks.put(one)
      })
      const list = (page: Partial<TaskPage>) =>
        allPages((part) => store.tasks.list(cluster, { desired: 'RUNNING', ...page, ...part }), {
          limit: 1,
          cursorOf: ({ id }: Task) => id,
        })
      expect(await list({})).toEqual([web, api, placed])
      expect(await list({ desired: 'STOPPED' })).toEqual([stopped])
      expect(await list({ family: 'api' })).toEqual([api])
      expect(await list({ startedBy: 'somebody' })).toEqual([web, api])
      expect(await list({ startedBy: 'somebody', family: 'web' })).toEqual([web])
      expect(await list({ instance: 'engine' })).toEqual([placed])
      expect(await list({ instance: 'other' })).toEqual([])
    })

    test('are found by their ids, in their cluster alone', async () => {
      expect(await store.tasks.ofIds(cluster, [placed.id, 'none', web.id])).toEqual([web, placed])
      expect(await store.tasks.ofIds(cluster, [])).toEqual([])
      expect(await store.tasks.find({ cluster: { ...cluster, name: 'other' }, id: web.id })).toBeUndefined()
      expect(await store.tasks.find(elsewhere)).toEqual(elsewhere)
    })

    test('leave something to do until the last one has stopped', async () => {
      const unfinished = await store.tasks.remaining()
      expect(unfinished.length > 0).toBe(await store.tasks.anyUnfinished())
      await store.write(async (tx) => {
        for (const one of unfinished) await tx.tasks.put({ ...one, status: 'STOPPED', desired: 'STOPPED' })
      })
      expect(await store.tasks.anyUnfinished()).toBe(false)
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

  describe('images that tasks run', () => {
    const key = keyOf('team/run')
    const other = { repository: keyOf('team/run', account, 'eu-west-2'), digest: digestFor('child') }
    const stop = { status: 'STOPPED', stoppedAt: secondsAfterNoon(9).getTime() } as const

    test('are known with the indexes above them until the task is stopped, and when that was', async () => {
      const repository = await store.write((tx) => tx.repositories.add(newRepository(key)))
      if (repository === undefined) throw new Error('The repository is there already')
      const child = await addImage(store, repository.id, 'child')
      const index = await addImage(store, repository.id, 'index', { children: [child] })
      const above = await addImage(store, repository.id, 'index above', { children: [index] })
      await addImage(store, repository.id, 'idle')
      const image = { repository: key, digest: child }
      const [one, two] = [sampleTask([image, image, undefined, other]), sampleTask([image], { number: 2 })]
      const running = async () => (await store.imageUses.running(repository)).toSorted()
      const put = (task: typeof one) => store.write((tx) => tx.tasks.put(task))

      for (const task of [one, two, one]) await put(task)
      expect(await running()).toEqual([child, index, above].toSorted())
      expect(await store.imageUses.of(repository, child)).toEqual({ tasks: 2 })
      expect(await store.imageUses.of(repository, index)).toEqual({ tasks: 0 })

      await put({ ...one, ...stop })
      expect(await store.imageUses.of(repository, child)).toEqual({
        tasks: 1,
        lastEndedAt: secondsAfterNoon(9),
      })
      await put({ ...two, ...stop })
      expect(await running()).toEqual([])
      expect(await store.imageUses.of(repository, digestFor('idle'))).toEqual({ tasks: 0 })
    })

    test('are used too where the index that lists them is run', async () => {
      const repository = await store.repositories.find(key)
      if (repository === undefined) throw new Error('The repository is gone')
      const index = digestFor('index')
      const task = sampleTask([{ repository: key, digest: index }], { number: 3 })
      await store.write((tx) => tx.tasks.put(task))
      expect(await store.imageUses.of(repository, digestFor('child'))).toMatchObject({ tasks: 1 })
      expect(await store.imageUses.running(repository)).toEqual([index, digestFor('index above')])
      const stoppedAt = secondsAfterNoon(20).getTime()
      await store.write((tx) => tx.tasks.put({ ...task, ...stop, stoppedAt }))
      const ended = { tasks: 0, lastEndedAt: secondsAfterNoon(20) }
      expect(await store.imageUses.of(repository, digestFor('child'))).toEqual(ended)
    })
  })
}
