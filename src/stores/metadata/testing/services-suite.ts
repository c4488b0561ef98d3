import { beforeAll, describe, expect, test } from 'vitest'
import { newServiceDeployment } from '../../../core/ecs/scheduling/service-deployment.ts'
import { newService } from '../../../core/ecs/scheduling/testing/scheduled-world.ts'
import type { Task } from '../../../core/ecs/task.ts'
import type { MetadataStore } from '../metadata-store.ts'
import type { ServiceDeploymentPage } from '../service-deployments.ts'
import { type OpenMetadata, openForAll } from './metadata-world.ts'

const web = newService()
const { cluster } = web
const elsewhere = { ...cluster, name: 'elsewhere' }

function taskOf(id: string, facts: Partial<Task> = {}): Task {
  return {
    cluster,
    id: id.padStart(32, '0'),
    family: 'web',
    revision: 1,
    networkMode: 'bridge',
    containers: [],
    overrides: [],
    group: 'family:web',
    desired: 'RUNNING',
    status: 'RUNNING',
    version: 1,
    createdAt: 0,
    ...facts,
  }
}

/** What services of ECS and their tasks rely on. */
export function describeServices(open: OpenMetadata): void {
  let store: MetadataStore
  openForAll(open, (opened) => {
    store = opened.store
  })

  describe('services', () => {
    test('are listed while they are active, by name and strategy, and found afterwards', async () => {
      const api = newService({ name: 'api', schedulingStrategy: 'DAEMON' })
      const gone = newService({ name: 'gone', status: 'INACTIVE' })
      const leaving = newService({ name: 'leaving', status: 'DRAINING' })
      await store.write(async (tx) => {
        for (const one of [web, gone, api, leaving]) await tx.services.put(one)
        await tx.services.put(newService({ cluster: elsewhere }))
      })
      expect(await store.services.list(cluster, { limit: 9 })).toEqual([api, web])
      expect(await store.services.list(cluster, { after: 'api', limit: 9 })).toEqual([web])
      expect(await store.services.list(cluster, { schedulingStrategy: 'DAEMON', limit: 9 })).toEqual([api])
      expect(await store.services.find(gone)).toEqual(gone)
      expect(await store.services.counts(cluster)).toEqual({ active: 2, draining: 1 })
      const remaining = (await store.services.remaining()).map(({ name }) => name)
      expect(remaining.toSorted()).toEqual(['api', 'leaving', 'web', 'web'])
      await store.write((tx) => tx.services.delete(gone))
      expect(await store.services.find(gone)).toBeUndefined()
    })

    test('of one name are made once, whoever else makes one at the same time', async () => {
      const twin = newService({ name: 'twin' })
      const adding = Array.from({ length: 5 }, () => store.write((tx) => tx.services.add(twin)))
      expect((await Promise.all(adding)).filter(Boolean)).toHaveLength(1)
      expect(await store.services.find(twin)).toEqual(twin)
      await store.write((tx) => tx.services.delete(twin))
    })

    test('have deployments that are listed newest first, page by page, as many as are kept', async () => {
      const record = (number: number) => ({
        ...newServiceDeployment(web),
        id: String(number),
        createdAt: Math.floor(number / 2),
        status: number === 3 ? ('STOPPED' as const) : ('SUCCESSFUL' as const),
      })
      const [one, two, three, four] = [1, 2, 3, 4].map(record)
      await store.write(async (tx) => {
        for (const known of [one, two, three, four]) if (known) await tx.serviceDeployments.put(web, known)
      })
      const list = (page: Partial<ServiceDeploymentPage>) =>
        store.serviceDeployments.list(web, { statuses: [], limit: 9, ...page })
      expect(await list({})).toEqual([four, three, two, one])
      expect(await list({ after: { createdAt: 1, id: '3' } })).toEqual([two, one])
      expect(await list({ statuses: ['STOPPED'] })).toEqual([three])
      expect(await list({ from: 1, until: 1 })).toEqual([three, two])
      await store.write((tx) => tx.serviceDeployments.keepNewest(web, 1))
      expect(await list({})).toEqual([four])
      expect(await store.serviceDeployments.find(web, '1')).toBeUndefined()
    })

    test('keep their newest hundred events, newest first', async () => {
      const event = (number: number) => ({
        id: String(number),
        createdAt: number,
        message: `event ${number}`,
      })
      await store.write(async (tx) => {
        const held = await tx.services.lock(web)
        await tx.services.addEvents(web, [event(1), event(2)])
        await tx.services.put({ ...web, ...held, desiredCount: 7 })
      })
      expect(await store.services.events(web)).toEqual([event(2), event(1)])
      const more = Array.from({ length: 100 }, (_, index) => event(index + 3))
      await store.write((tx) => tx.services.addEvents(web, more))
      const kept = await store.services.events(web)
      expect([kept.length, kept[0], kept.at(-1)]).toEqual([100, event(102), event(3)])
      expect(await store.services.events(newService({ cluster: elsewhere }))).toEqual([])
    })
  })

  describe('client tokens', () => {
    const day = 24 * 60 * 60 * 1000
    const use = (request: string, at: number) =>
      store.write((tx) =>
        tx.clientTokens.use(cluster, 'token', { request, tasks: [request], at: new Date(at) }),
      )

    test('are used once a day, though many try at once', async () => {
      const answers = await Promise.all(['a', 'b', 'c', 'd'].map((request) => use(request, day)))
      const others = answers.filter((known) => known !== undefined)
      expect(others).toHaveLength(3)
      expect(new Set(others.map((known) => known.request)).size).toBe(1)
      expect(await use('e', 2 * day)).toEqual(others[0])
      expect(await use('e', 2 * day + 1)).toBeUndefined()
      await store.write((tx) => tx.clientTokens.forget(cluster, 'token'))
      expect(await use('f', 2 * day)).toBeUndefined()
    })
  })

  describe('tasks', () => {
    const of = (deployment: string, facts: Partial<Task> = {}) =>
      ({ service: 'web', startedBy: deployment, ...facts }) as const
    const running = taskOf('1', of('new'))
    const pending = taskOf('2', of('new', { status: 'PENDING' }))
    const old = taskOf('3', of('old'))
    const leaving = taskOf('4', of('old', { desired: 'STOPPED', status: 'DEACTIVATING' }))
    const stopped = taskOf('5', of('old', { desired: 'STOPPED', status: 'STOPPED' }))
    const alone = taskOf('6', { startedBy: 'old' })
    const away = taskOf('7', of('new', { cluster: elsewhere }))
    beforeAll(() =>
      store.write(async (tx) => {
        for (const one of [running, pending, old, leaving, stopped, alone, away]) await tx.tasks.put(one)
      }),
    )

    test('of a service are those that have not stopped, and those that are named', async () => {
      expect(await store.tasks.ofService(web, [])).toEqual([running, pending, old, leaving])
      expect(await store.tasks.ofService(web, [stopped.id, running.id])).toEqual([
        running,
        pending,
        old,
        leaving,
        stopped,
      ])
    })

    test('are counted by deployment, as far as they are to run, and by cluster', async () => {
      const counts = await store.tasks.countsByDeployment(web)
      expect(Object.fromEntries(counts)).toEqual({
        new: { running: 1, pending: 1 },
        old: { running: 1, pending: 0 },
      })
      expect(await store.tasks.counts(cluster)).toEqual({ running: 4, pending: 1 })
    })

    test('are listed by service, and all that remain across clusters', async () => {
      const list = (service: string) => store.tasks.list(cluster, { desired: 'RUNNING', service, limit: 9 })
      expect(await list('web')).toEqual([running, pending, old])
      expect(await list('api')).toEqual([])
      const remaining = await store.tasks.remaining()
      expect(new Set(remaining.map(({ id }) => id))).toEqual(
        new Set([running, pending, old, leaving, alone, away].map(({ id }) => id)),
      )
    })

    test('outlast the clusters, services and definitions of a reset, since they have to be stopped', async () => {
      await store.write(async (tx) => {
        await tx.clusters.put({ ...cluster, status: 'ACTIVE', settings: [] })
        await tx.taskDefinitions.nextRevision({ ...cluster, family: 'web' })
        await tx.services.deleteAll()
        await tx.clusters.deleteAll()
        await tx.taskDefinitions.deleteAll()
      })
      expect(await store.services.find(web)).toBeUndefined()
      expect(await store.clusters.find(cluster)).toBeUndefined()
      expect(await store.tasks.find(running)).toEqual(running)
      const family = { ...cluster, family: 'web' }
      expect(await store.write((tx) => tx.taskDefinitions.nextRevision(family))).toBe(1)
    })

    test('are changed by one at a time, and gone once deleted', async () => {
      await store.write(async (tx) => {
        expect(await tx.tasks.lock(old)).toEqual(old)
        await tx.tasks.put({ ...old, version: 2 })
      })
      expect(await store.tasks.find(old)).toEqual({ ...old, version: 2 })
      await store.write((tx) => tx.tasks.delete(old))
      expect(await store.tasks.find(old)).toBeUndefined()
    })
  })
}
