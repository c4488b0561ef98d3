import { expect, test } from 'vitest'
import type { Entity, EntityKind } from '../../../core/iam/entity.ts'
import type { MetadataStore } from '../metadata-store.ts'
import { keyOf, noon, type OpenMetadata, openForAll, secondsAfterNoon } from './metadata-world.ts'

const { account } = keyOf('xx')
const elsewhere = keyOf('xx', '111122223333').account

/** Users, groups, roles, their keys and their policies. */
export function describeIam(open: OpenMetadata): void {
  let store: MetadataStore
  let made = 0
  openForAll(open, (opened) => {
    store = opened.store
  })

  async function add(kind: EntityKind, name: string, of = account): Promise<Entity> {
    const id = `ID${made++}`
    const entity = { id, account: of, kind, name, path: '/', createdAt: noon, details: { tags: {} } }
    expect(await store.write((tx) => tx.iam.addEntity(entity))).toBe(true)
    return entity
  }

  test('an entity is known by its name without case, among its kind and in its account', async () => {
    const dev = await add('user', 'Dev')
    expect(await store.write((tx) => tx.iam.addEntity({ ...dev, id: 'other', name: 'DEV' }))).toBe(false)
    const others = [await add('role', 'dev'), await add('user', 'dev', elsewhere)]
    expect(await store.iam.entity(account, 'user', 'dEV')).toEqual(dev)
    expect(await store.iam.entityById(dev.id)).toEqual(dev)
    expect(await store.iam.entity(elsewhere, 'user', 'Dev')).toEqual(others[1])
    const ops = await add('user', 'ops')
    expect(await store.iam.entities(account, 'user', { limit: 9 })).toEqual([dev, ops])
    expect(await store.iam.entities(account, 'user', { after: 'dev', limit: 9 })).toEqual([ops])
    expect(await store.write((tx) => tx.iam.updateEntity(ops.id, { name: 'dev' }))).toBe(false)
    expect(await store.write((tx) => tx.iam.updateEntity(ops.id, {}))).toBe(true)
    const changes = { name: 'Ops', path: '/a/', details: { tags: { team: 'web' } } }
    expect(await store.write((tx) => tx.iam.updateEntity(ops.id, changes))).toBe(true)
    expect(await store.iam.entityById(ops.id)).toEqual({ ...ops, ...changes })
  })

  test('what hangs on an entity goes with it', async () => {
    const [user, group] = [await add('user', 'ann'), await add('group', 'all')]
    const key = {
      id: 'AKIAANN',
      account,
      entityId: user.id,
      encryptedSecret: 'x',
      encryptedToken: undefined,
      session: undefined,
      status: 'Active',
      createdAt: noon,
      expiresAt: undefined,
    } as const
    const session = { arn: 'arn', userId: user.id, policies: ['{}'] }
    const ending = { ...key, id: 'ASIAANN', encryptedToken: 'y', session, expiresAt: secondsAfterNoon(60) }
    await store.write(async (tx) => {
      await tx.iam.addMember(group.id, user.id)
      await tx.iam.addCredential(key)
      await tx.iam.addCredential(ending)
      await tx.iam.putInlinePolicy(user.id, { name: 'inline', text: 'first' })
      await tx.iam.putInlinePolicy(user.id, { name: 'inline', text: 'second' })
      await tx.iam.attach(user.id, 'arn:policy')
      await tx.iam.attach(user.id, 'arn:policy')
    })
    expect(await store.iam.groupsOf(user.id)).toEqual([group])
    expect(await store.iam.membersOf(group.id)).toEqual([user])
    expect(await store.iam.keysOf(user.id)).toEqual([key])
    expect(await store.iam.credential('ASIAANN')).toEqual(ending)
    expect(await store.iam.inlinePolicies(user.id)).toEqual([{ name: 'inline', text: 'second' }])
    expect(await store.iam.attachments(user.id)).toEqual(['arn:policy'])
    expect(await store.iam.attachedTo('arn:policy')).toEqual([user])
    await store.write((tx) => tx.iam.setKeyStatus(key.id, 'Inactive'))
    await store.write((tx) => tx.iam.deleteEnded(secondsAfterNoon(61)))
    expect((await store.iam.credential(key.id))?.status).toBe('Inactive')
    expect(await store.iam.credential('ASIAANN')).toBeUndefined()
    await store.write((tx) => tx.iam.deleteEntity(user.id))
    expect(await store.iam.credential(key.id)).toBeUndefined()
    expect(await store.iam.membersOf(group.id)).toEqual([])
    expect(await store.iam.attachedTo('arn:policy')).toEqual([])
  })

  test('a key and a role remember their latest use', async () => {
    const role = await add('role', 'used')
    const record = (seconds: number, region: string) =>
      store.write((tx) => tx.iam.recordRoleUse(role.id, { at: secondsAfterNoon(seconds), region }))
    await record(60, 'eu-west-1')
    await record(30, 'us-east-1')
    await store.write((tx) => tx.iam.recordRoleUse('gone', { at: noon, region: 'us-east-1' }))
    const lastUse = { at: secondsAfterNoon(60), region: 'eu-west-1' }
    expect(await store.iam.entityById(role.id)).toEqual({ ...role, lastUse })
    expect(await store.write((tx) => tx.iam.updateEntity(role.id, { path: '/a/' }))).toBe(true)
    expect(await store.iam.entity(account, 'role', 'used')).toEqual({ ...role, path: '/a/', lastUse })
  })

  test('a policy has versions, one of them the default', async () => {
    const arn = 'arn:aws:iam::000000000000:policy/pull'
    const times = { createdAt: noon, updatedAt: noon }
    const named = { arn, id: 'ANPA1', account, name: 'pull', path: '/', description: undefined }
    const policy = { ...named, ...times, defaultVersion: 1, lastVersion: 1 }
    expect(await store.write((tx) => tx.iam.addPolicy(policy, 'one'))).toBe(true)
    const namesake = { ...policy, arn: `${arn}2`, name: 'PULL' }
    expect(await store.write((tx) => tx.iam.addPolicy(namesake, 'x'))).toBe(false)
    await store.write(async (tx) => {
      await tx.iam.addVersion(arn, { version: 2, document: 'two', createdAt: noon })
      await tx.iam.setDefaultVersion(arn, 2, secondsAfterNoon(1))
    })
    const changed = { ...policy, defaultVersion: 2, lastVersion: 2, updatedAt: secondsAfterNoon(1) }
    expect(await store.iam.policy(arn)).toEqual(changed)
    expect(await store.iam.policies(account, { limit: 5 })).toEqual([changed])
    expect((await store.iam.versions(arn)).map(({ document }) => document)).toEqual(['two', 'one'])
    await store.write((tx) => tx.iam.deleteVersion(arn, 1))
    expect(await store.iam.version(arn, 1)).toBeUndefined()
    await store.write((tx) => tx.iam.deletePolicy(arn))
    expect(await store.iam.version(arn, 2)).toBeUndefined()
  })
}
