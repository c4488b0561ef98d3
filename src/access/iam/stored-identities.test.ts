import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseAccountId } from '../../core/names/account-id.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../../stores/metadata/sqlite.ts'
import { StoredAccessKeys } from '../stored-access-keys.ts'
import { Vault } from '../vault.ts'
import { StoredIdentities } from './stored-identities.ts'

const account = parseAccountId('111122223333')
const vault = new Vault(new Uint8Array(32))
/** Another process may believe what it has read for so long, in ms; nobody may be let in for longer after a key or a policy is gone. */
const sharedCacheTtl = 1_000
const longestStale = 5_000

async function openWorld() {
  const folder = await mkdtempDisposable(join(tmpdir(), 'berth-iam-'))
  const metadata = await openSqliteMetadata({ file: join(folder.path, 'berth.db') })
  await addDev(metadata)
  return {
    metadata,
    async [Symbol.asyncDispose]() {
      await metadata[Symbol.asyncDispose]()
      await folder[Symbol.asyncDispose]()
    },
  }
}

async function addDev(metadata: MetadataStore): Promise<void> {
  const createdAt = new Date(0)
  await metadata.write(async (tx) => {
    const details = { tags: {} }
    await tx.iam.addEntity({
      id: 'AIDADEV',
      account,
      kind: 'user',
      name: 'dev',
      path: '/',
      createdAt,
      details,
    })
    await tx.iam.addCredential({
      id: 'AKIADEV',
      account,
      entityId: 'AIDADEV',
      encryptedSecret: vault.encrypt('secret', 'AKIADEV'),
      encryptedToken: undefined,
      session: undefined,
      status: 'Active',
      createdAt,
      expiresAt: undefined,
    })
    await tx.iam.attach('AIDADEV', 'arn:aws:iam::aws:policy/AdministratorAccess')
  })
}

const dev = { account, arn: `arn:aws:iam::${account}:user/dev`, userId: 'AIDADEV', keyId: 'AKIADEV' }

test('a policy that another process takes away is gone within five seconds, and so is a key', async () => {
  await using world = await openWorld()
  const { metadata } = world
  let time = 1_000_000
  const now = () => new Date(time)
  const identities = new StoredIdentities(metadata, { ttl: sharedCacheTtl, now })
  const keys = new StoredAccessKeys(metadata, vault, now)
  expect((await identities.of(dev)).identity).toHaveLength(1)
  expect(await keys.isLive('AKIADEV')).toBe(true)
  await metadata.write(async (tx) => {
    await tx.iam.detach('AIDADEV', 'arn:aws:iam::aws:policy/AdministratorAccess')
    await tx.iam.setKeyStatus('AKIADEV', 'Inactive')
  })
  time += longestStale
  expect((await identities.of(dev)).identity).toEqual([])
  expect(await keys.isLive('AKIADEV')).toBe(false)
  expect(await keys.find('AKIADEV')).toBeUndefined()
})

test('what changes in this process shows at once', async () => {
  await using world = await openWorld()
  const { metadata } = world
  const identities = new StoredIdentities(metadata, { ttl: Number.POSITIVE_INFINITY, now: () => new Date(0) })
  expect((await identities.of(dev)).identity).toHaveLength(1)
  await metadata.write((tx) => tx.iam.setBoundary('AIDADEV', 'arn:aws:iam::111122223333:policy/gone'))
  identities.forget()
  expect((await identities.of(dev)).boundary).toMatchObject({ document: { statements: [] } })
})
