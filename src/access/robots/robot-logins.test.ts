import { afterAll, beforeAll, expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import { parseAccountId } from '../../core/names/account-id.ts'
import { parseRegion } from '../../core/names/region.ts'
import type { MetadataStore } from '../../stores/metadata/metadata-store.ts'
import { openSqliteMetadata } from '../../stores/metadata/sqlite.ts'
import { rootOf } from '../principal.ts'
import { openUses } from '../uses.ts'
import { RobotLogins } from './robot-logins.ts'
import { Robots } from './robots.ts'

const account = parseAccountId('111122223333')
const registry = { account, region: parseRegion('eu-west-1') }
const scope = { registry, actions: ['pull'], repositories: ['team/*'] } as const
const clock = { now: Date.parse('2026-03-01T12:00:00Z') }
const now = () => new Date(clock.now)

const resources = new AsyncDisposableStack()
let metadata: MetadataStore
beforeAll(async () => {
  const folder = resources.use(await temporaryFolder())
  metadata = resources.use(await openSqliteMetadata({ file: `${folder.path}/metadata.db` }))
})
afterAll(() => resources.disposeAsync())

let seed = 0
const randomBytes = (size: number) => new Uint8Array(size).fill(++seed)

/** One of several processes on the database. */
function processOn(store: MetadataStore) {
  const rethrow = (error: unknown) => {
    throw error
  }
  const { robotUses: uses } = openUses(store, rethrow)
  const logins = new RobotLogins(store, uses, now)
  return { uses, logins, robots: new Robots({ metadata: store, logins, now, randomBytes }) }
}

const make = (name: string, expiresAt?: Date) =>
  processOn(metadata).robots.create({ name, scope, expiresAt }, rootOf(account, 'AKIA'))

test('a password says which robot it is, for which registry, and whose rights it has', async () => {
  const { robot, password } = await make('ci')
  const principal = {
    account,
    arn: 'arn:aws:berth:eu-west-1:111122223333:robot/ci',
    userId: robot.id,
    robot: { scope, maker: rootOf(account) },
  }
  const { logins } = processOn(metadata)
  expect(await logins.read(password)).toEqual({ state: 'valid', principal, registry })
  for (const wrong of ['', 'x', `${password}x`, password.replace(/.$/, 'x')])
    expect(await logins.read(wrong)).toEqual({ state: 'invalid' })
})

test('a robot that is revoked is gone at once here, and after two seconds elsewhere', async () => {
  const { password } = await make('short')
  const [here, elsewhere] = [processOn(metadata), processOn(metadata)]
  const stateAt = async ({ logins }: ReturnType<typeof processOn>) => (await logins.read(password)).state
  expect([await stateAt(here), await stateAt(elsewhere)]).toEqual(['valid', 'valid'])
  await here.robots.revoke(registry, 'short')
  expect(await stateAt(here)).toBe('invalid')
  clock.now += 2_001
  expect(await stateAt(elsewhere)).toBe('invalid')
})

test('a robot ends when it was told to, which may not have passed', async () => {
  const { password } = await make('ending', new Date(clock.now + 60_000))
  const { logins } = processOn(metadata)
  expect((await logins.read(password)).state).toBe('valid')
  clock.now += 60_000
  expect(await logins.read(password)).toEqual({ state: 'expired' })
  await expect(make('past', now())).rejects.toThrow("at 'expiresAt'")
})

test('what is kept of a password opens nothing', async () => {
  const { robot, password } = await make('kept')
  const stored = JSON.stringify(await metadata.robots.find(robot.id))
  expect(stored).not.toContain(password.slice(-43))
  const { secretHash = '' } = (await metadata.robots.find(robot.id)) ?? {}
  expect((await processOn(metadata).logins.read(`berth_${robot.id}_${secretHash.slice(0, 43)}`)).state).toBe(
    'invalid',
  )
})

test('its latest use is written once a minute at the most', async () => {
  const { robot, password } = await make('used')
  const { logins, uses } = processOn(metadata)
  const lastUse = async () => {
    await logins.read(password)
    await uses.flush()
    return (await metadata.robots.find(robot.id))?.lastUsedAt?.getTime()
  }
  const first = clock.now
  expect(await lastUse()).toBe(first)
  clock.now += 59_000
  expect(await lastUse()).toBe(first)
  clock.now += 1_000
  expect(await lastUse()).toBe(first + 60_000)
})
