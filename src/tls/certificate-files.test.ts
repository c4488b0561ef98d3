import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rename, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { CertificateFiles } from './certificate-files.ts'
import { testAuthority } from './testing/test-certificates.ts'
import type { TlsCertificate } from './tls-identity.ts'

const authority = testAuthority()
const [first, second] = [authority.issue(['one.example']), authority.issue(['two.example'])]
let folder: string
let certFile: string
let keyFile: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'berth-cert-'))
  certFile = join(folder, 'cert.pem')
  keyFile = join(folder, 'key.pem')
  await write(first)
})
afterEach(() => rm(folder, { recursive: true }))

async function write({ cert, key }: TlsCertificate): Promise<void> {
  await writeFile(certFile, cert)
  await writeFile(keyFile, key)
}

/** Opens the files and hears what becomes of their changes. */
async function open() {
  const heard: string[] = []
  const listener = {
    taken: (validTo: Date) => heard.push(`taken until ${validTo.getFullYear()}`),
    refused: (reason: string) => heard.push(reason),
  }
  const files = await CertificateFiles.open({
    certFile,
    keyFile,
    listener,
    now: () => new Date(),
    everyMs: 10,
  })
  const hears = (text: string) => expect.poll(() => heard.join('\n')).toContain(text)
  return { files, heard, hears, [Symbol.dispose]: () => files[Symbol.dispose]() }
}

test('the certificate is shown to whoever asks, by any name', async () => {
  using opened = await open()
  expect(opened.files.unnamed()).toEqual(first)
  expect(opened.files.named()).toEqual(first)
})

test('new files are taken without a restart', async () => {
  using opened = await open()
  await write(second)
  await opened.hears('taken until')
  expect(opened.files.unnamed()).toEqual(second)
})

test('links that change their target, as those of certbot and Kubernetes, are seen', async () => {
  const links = { certFile: join(folder, 'live-cert.pem'), keyFile: join(folder, 'live-key.pem') }
  await symlink(certFile, links.certFile)
  await symlink(keyFile, links.keyFile)
  ;({ certFile, keyFile } = links)
  using opened = await open()
  for (const [link, text] of [
    [certFile, second.cert],
    [keyFile, second.key],
  ] as const) {
    await writeFile(`${link}.2`, text)
    await symlink(`${link}.2`, `${link}.next`)
    await rename(`${link}.next`, link)
  }
  await opened.hears('taken until')
  expect(opened.files.unnamed()).toEqual(second)
})

test.each<[what: string, spoil: () => Promise<void>, why: string]>([
  ['no certificate', () => writeFile(certFile, 'nonsense'), 'holds no certificate in PEM'],
  ['no key', () => writeFile(keyFile, 'nonsense'), 'holds no private key in PEM without a password'],
  ['a key with a password', () => writeFile(keyFile, encryptedKey()), 'without a password'],
  ['the key of another', () => writeFile(keyFile, second.key), 'is not that of the first certificate'],
  ['a file that is gone', () => unlink(certFile), "cert.pem can't be read (ENOENT)"],
  ['an expired certificate', () => write(authority.issue(['old.example'], new Date(0))), 'has expired'],
])('%s is refused and the old certificate stays in use', async (_what, spoil, why) => {
  using opened = await open()
  await spoil()
  await opened.hears(why)
  expect(opened.files.unnamed()).toEqual(first)
  await write(second)
  await opened.hears('taken until')
  expect(opened.files.unnamed()).toEqual(second)
})

test('a refusal is told once, not at each look, and never shows the key', async () => {
  using opened = await open()
  await writeFile(keyFile, second.key)
  await opened.hears('is not that of')
  await writeFile(certFile, 'nonsense')
  await opened.hears('holds no certificate')
  expect(opened.heard).toHaveLength(2)
  expect(opened.heard.join()).not.toContain(second.key.split('\n')[1])
})

test('files that are no good from the start are refused', async () => {
  await writeFile(keyFile, second.key)
  await expect(open()).rejects.toThrow('is not that of the first certificate')
  await unlink(keyFile)
  await expect(open()).rejects.toThrow("key.pem can't be read (ENOENT)")
})

function encryptedKey(): string {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
  }).privateKey
}
