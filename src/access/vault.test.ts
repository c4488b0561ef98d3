import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Vault, VaultError } from './vault.ts'

const vault = new Vault(new Uint8Array(32).fill(1))

test('a secret comes back as it went in, and looks different each time', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (secret, boundTo) => {
      const [one, other] = [vault.encrypt(secret, boundTo), vault.encrypt(secret, boundTo)]
      expect(vault.decrypt(one, boundTo)).toBe(secret)
      expect(one).not.toBe(other)
      expect(Buffer.from(one, 'base64').includes(secret) && secret.length > 2).toBe(false)
    }),
  )
})

test('a secret opens with its own key, for what it belongs to, and whole', () => {
  const encrypted = vault.encrypt('secret', 'AKIAONE')
  const damaged = Buffer.from(encrypted, 'base64')
  damaged[20] = (damaged[20] ?? 0) ^ 1
  expect(() => vault.decrypt(encrypted, 'AKIATWO')).toThrow(VaultError)
  expect(() => vault.decrypt(damaged.toString('base64'), 'AKIAONE')).toThrow(VaultError)
  expect(() => vault.decrypt('', 'AKIAONE')).toThrow(VaultError)
  expect(() => new Vault(new Uint8Array(32).fill(2)).decrypt(encrypted, 'AKIAONE')).toThrow(VaultError)
})
