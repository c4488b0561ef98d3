import { X509Certificate } from 'node:crypto'
import { chown, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openLocalAuthority } from './authority-file.ts'
import { authorityCertificateFile, authorityFile } from './authority-paths.ts'
import { authorityText, makeAuthority, makeKey } from './local-authority.ts'

const now = new Date('2030-01-01T00:00:00Z')
const permitted = { domains: ['localhost', 'amazonaws.com'], addresses: ['127.0.0.0/8', '::1/128'] }
let dataDir: string
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'berth-ca-'))
})
afterEach(() => rm(dataDir, { recursive: true }))

function open(options: Partial<Parameters<typeof openLocalAuthority>[0]> = {}) {
  return openLocalAuthority({ dataDir, permitted, now, ...options })
}

test('the CA is made once and kept for its owner alone', async () => {
  const made = await open()
  expect((await open()).cert).toBe(made.cert)
  const { mode } = await stat(authorityFile(dataDir))
  expect(mode & 0o777).toBe(0o600)
  expect(await readFile(authorityCertificateFile(dataDir), 'utf8')).toBe(made.cert)
})

test.runIf(process.getuid?.() === 0)('root makes it for the owner of the folder around it', async () => {
  const [owner, below] = [1234, join(dataDir, 'data')]
  await chown(dataDir, owner, owner)
  await open({ dataDir: below })
  for (const path of [below, join(below, 'tls'), authorityFile(below), authorityCertificateFile(below)]) {
    expect([path, (await stat(path)).uid]).toEqual([path, owner])
  }
})

test('the file for clients holds no private key', async () => {
  await open()
  expect(await readFile(authorityCertificateFile(dataDir), 'utf8')).not.toContain('PRIVATE')
})

test('of several that make one at the same time, all take the same', async () => {
  const opened = await Promise.all([open(), open(), open()])
  expect(new Set(opened.map(({ cert }) => cert)).size).toBe(1)
})

test('it lives ten years, and is a CA', async () => {
  const cert = new X509Certificate((await open()).cert)
  expect(cert.ca).toBe(true)
  expect(new Date(cert.validTo).toISOString()).toBe('2039-12-30T00:00:00.000Z')
})

test('one that has ended is refused with what to do', async () => {
  await open()
  const later = new Date('2039-12-30T00:00:00Z')
  await expect(open({ now: later })).rejects.toThrow(/has expired; take it back with `berth trust --remove`/)
})

test('a domain or an address that it was not made for is refused with what to do', async () => {
  await open()
  const other = { domains: ['sts.amazonaws.com', 'ecr.example'], addresses: ['10.0.0.1/32'] }
  await expect(open({ permitted: other })).rejects.toThrow('was not made for ecr.example, 10.0.0.1/32')
})

test.each([
  ['nothing', () => ''],
  ['a certificate alone', () => makeAuthority(permitted, now).cert],
  [
    'a key that is not its own',
    () => authorityText({ cert: makeAuthority(permitted, now).cert, key: makeKey() }),
  ],
])('%s is refused, not replaced', async (_what, make) => {
  await open()
  const text = make()
  await writeFile(authorityFile(dataDir), text)
  await expect(open()).rejects.toThrow("can't be read")
  expect(await readFile(authorityFile(dataDir), 'utf8')).toBe(text)
})
