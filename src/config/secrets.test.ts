import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSecrets, readSecrets, SecretsError, secretsFile } from './secrets.ts'

let parent: string
let dataDir: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'berth-secrets-'))
  dataDir = join(parent, 'data')
})
afterEach(() => rm(parent, { recursive: true }))

async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777
}

test('the first start makes a root key in the format of AWS and a seal key', async () => {
  const { secrets, created } = await loadSecrets({ dataDir })
  expect(created).toBe(true)
  expect(secrets.rootAccessKey).toMatch(/^AKIA[A-Z2-7]{16}$/)
  expect(secrets.rootSecretKey).toMatch(/^[A-Za-z0-9+/]{40}$/)
  expect(secrets.sealKey).toHaveLength(32)
})

test('the next start finds the same', async () => {
  const first = await loadSecrets({ dataDir })
  expect(await loadSecrets({ dataDir })).toEqual({ ...first, created: false })
})

test('two data folders never share a secret', async () => {
  const one = await loadSecrets({ dataDir })
  const other = await loadSecrets({ dataDir: join(parent, 'other') })
  expect(one.secrets.rootSecretKey).not.toBe(other.secrets.rootSecretKey)
  expect(one.secrets.sealKey).not.toEqual(other.secrets.sealKey)
})

test('only the owner can open the folder and read the file, and nothing else is left in it', async () => {
  await loadSecrets({ dataDir })
  expect(await modeOf(dataDir)).toBe(0o700)
  expect(await modeOf(secretsFile(dataDir))).toBe(0o600)
  expect(await readdir(dataDir)).toEqual(['secrets.json'])
})

test('a file that others could read is taken from them, and that is told', async () => {
  await loadSecrets({ dataDir })
  await chmod(secretsFile(dataDir), 0o644)
  expect(await loadSecrets({ dataDir })).toMatchObject({ wasExposed: true })
  expect(await modeOf(secretsFile(dataDir))).toBe(0o600)
  expect(await loadSecrets({ dataDir })).toMatchObject({ wasExposed: false })
})

test('a folder that was there before keeps its mode', async () => {
  await chmod(parent, 0o755)
  await loadSecrets({ dataDir: parent })
  expect(await modeOf(parent)).toBe(0o755)
  expect(await modeOf(secretsFile(parent))).toBe(0o600)
})

test('a key from the configuration is used and never written', async () => {
  const given = { rootAccessKey: 'GIVEN', rootSecretKey: 'given-by-the-operator' }
  const { secrets } = await loadSecrets({ dataDir, ...given })
  expect(secrets).toMatchObject(given)
  expect(await readFile(secretsFile(dataDir), 'utf8')).not.toMatch(/GIVEN|given/)
  expect((await loadSecrets({ dataDir })).secrets.sealKey).toEqual(secrets.sealKey)
})

test('before the first start there are none to read', async () => {
  expect(await readSecrets(dataDir)).toBeUndefined()
})

test.each(['', 'AKIASECRET', '{}', '{"rootAccessKey":"AKIASECRET"}', 'null'])(
  'a file that holds %j is refused by its path alone',
  async (text) => {
    await writeFile(secretsFile(parent), text)
    const refusal = await loadSecrets({ dataDir: parent }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(SecretsError)
    expect(String(refusal)).toContain(secretsFile(parent))
    expect(String(refusal)).not.toContain('AKIASECRET')
    expect(await readFile(secretsFile(parent), 'utf8')).toBe(text)
  },
)
