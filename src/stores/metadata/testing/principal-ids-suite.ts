import { expect, test } from 'vitest'
import type { Entity, EntityKind } from '../../../core/iam/entity.ts'
import type { MetadataStore } from '../metadata-store.ts'
import {
  addRepository,
  keyOf,
  noon,
  type OpenMetadata,
  openForAll,
  type TestMetadata,
} from './metadata-world.ts'

const { account, region } = keyOf('xx')

/** A creation template that says nothing. */
const noSettings = {
  tagMutability: { mode: 'MUTABLE', exclusions: [] },
  encryption: { type: 'AES256' },
  resourceTags: new Map(),
  createdAt: noon,
  updatedAt: noon,
} as const

/** Who is meant by a principal of a policy, and what policies become that were kept before that was asked. */
export function describePrincipalIds(open: OpenMetadata): void {
  let opened: TestMetadata
  let store: MetadataStore
  let made = 0
  openForAll(open, (each) => {
    opened = each
    store = opened.store
  })

  async function add(
    kind: EntityKind,
    name: string,
    details: Partial<Entity['details']> = {},
  ): Promise<Entity> {
    const id = `A${kind.slice(0, 3).toUpperCase()}${String(made++).padStart(16, '0')}`
    const path = '/team/'
    const entity = { id, account, kind, name, path, createdAt: noon, details: { tags: {}, ...details } }
    expect(await store.write((tx) => tx.iam.addEntity(entity))).toBe(true)
    return entity
  }

  const iamArn = (resource: string) => `arn:aws:iam::${account}:${resource}`
  const session = (role: string) => `arn:aws:sts::${account}:assumed-role/${role}/run.1`

  test('a user, a role and a session are found by the whole of their ARN and by their ids, and nobody else is', async () => {
    const [user, role, group] = [
      await add('user', 'Ann'),
      await add('role', 'build'),
      await add('group', 'all'),
    ]
    const named = {
      [iamArn('user/team/Ann')]: user.id,
      [user.id]: user.id,
      [iamArn('role/team/build')]: role.id,
      [session('build')]: role.id,
      [`${role.id}:run.1`]: role.id,
    }
    const strangers = [
      iamArn('user/Ann'),
      iamArn('user/team/ann'),
      iamArn('user/team/build'),
      iamArn('group/team/all'),
      group.id,
      `${user.id}:run.1`,
      session('Build'),
      iamArn('root'),
      account,
      '*',
      `arn:aws-cn:iam::${account}:user/team/Ann`,
      iamArn('user/team/Ann').replace(account, '111122223333'),
    ]
    const found = await store.iam.identities([...Object.keys(named), ...strangers])
    expect(Object.fromEntries([...found].map(([name, { entity }]) => [name, entity.id]))).toEqual(named)
    expect(await store.iam.identities([])).toEqual(new Map())
  })

  test('policies of before name whoever has the name now; a name that nobody has stays', async () => {
    const [user, role] = [await add('user', 'dev'), await add('role', 'deploy')]
    const policy = (first: string, second: string, third: string) =>
      `{ "Version": "2012-10-17", "Statement": { "Effect": "Allow", "Action": "sts:*", "Principal": {"AWS":["${first}", "${second}","${third}"]},
        "Condition": {"ArnEquals": {"aws:PrincipalArn": "${iamArn('user/team/dev')}"}} } }`
    const before = policy(iamArn('user/team/dev'), session('deploy'), iamArn('user/gone'))
    const after = policy(user.id, `${role.id}:run.1`, iamArn('user/gone'))
    const repository = await addRepository(store)
    const key = { account, region, name: 'bound' }
    const trusting = await add('role', 'trusting', { trustPolicy: before, description: 'kept' })
    await store.write(async (tx) => {
      await tx.resourcePolicies.putOfRepository(repository, before)
      await tx.resourcePolicies.putOfRegistry(key, before)
      await tx.rules.putBus({
        ...key,
        description: undefined,
        policy: before,
        createdAt: noon,
        changedAt: noon,
      })
      await tx.topics.put({ ...key, attributes: {}, policy: before, createdAt: noon })
      const template = { prefix: 'bound/', appliedFor: ['CREATE_ON_PUSH'], repositoryPolicy: before } as const
      await tx.creationTemplates.add(key, { ...noSettings, ...template })
      const attributes = { Policy: before, DelaySeconds: '1' }
      await tx.queues.addQueue({ ...key, attributes, createdAt: noon, changedAt: noon })
    })
    await opened.execute("delete from schema_migrations where name = '0024-principal-ids'")
    store = await opened.reopen()
    expect(await store.resourcePolicies.ofRepository(repository)).toBe(after)
    expect(await store.resourcePolicies.ofRegistry(key)).toBe(after)
    expect((await store.creationTemplates.find(key, 'bound/'))?.repositoryPolicy).toBe(after)
    expect((await store.rules.bus(key))?.policy).toBe(after)
    expect((await store.topics.find(key))?.policy).toBe(after)
    expect((await store.queues.queue(key))?.attributes).toEqual({ Policy: after, DelaySeconds: '1' })
    const details = { tags: {}, trustPolicy: after, description: 'kept' }
    expect((await store.iam.entityById(trusting.id))?.details).toEqual(details)
  })

  test('more policies than are read at once are all brought over', async () => {
    const text = (name: string) =>
      JSON.stringify({ Statement: { Effect: 'Allow', Action: '*', Principal: { AWS: name } } })
    const user = await add('user', 'many')
    const topics = Array.from({ length: 1_001 }, (_, at) => ({ account, region, name: `topic-${at}` }))
    const policy = text(iamArn('user/team/many'))
    await store.write(async (tx) => {
      for (const key of topics) await tx.topics.put({ ...key, attributes: {}, policy, createdAt: noon })
    })
    await opened.execute("delete from schema_migrations where name = '0024-principal-ids'")
    store = await opened.reopen()
    const kept = await Promise.all(topics.map((key) => store.topics.find(key)))
    expect(new Set(kept.map((topic) => topic?.policy))).toEqual(new Set([text(user.id)]))
  })
}
