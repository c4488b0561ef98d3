import { expect, test } from 'vitest'
import { digestOf } from '../names/digest.ts'
import { combineLayers, type LayerInventory, type PackageFile } from './layer-inventory.ts'

const digests = [1, 2, 3].map((digit) => digestOf('sha256', String(digit).repeat(64)))

function dpkg(...names: string[]): PackageFile {
  return {
    path: 'var/lib/dpkg/status',
    packages: names.map((name) => ({ format: 'dpkg', name, version: '1' })),
  }
}

function combine(...layers: Partial<LayerInventory>[]) {
  return combineLayers(
    layers.map((layer, at) => ({
      digest: digests[at] ?? digestOf('sha256', '0'.repeat(64)),
      inventory: { files: [], removed: [], emptied: [], ...layer },
    })),
  )
}

function namesIn(...layers: Partial<LayerInventory>[]): string[] {
  return combine(...layers).packages.map(({ name }) => name)
}

test('a database of a later layer takes the place of the one before', () => {
  expect(namesIn({ files: [dpkg('curl', 'openssl')] }, {}, { files: [dpkg('curl')] })).toEqual(['curl'])
})

test('a package is said to come from the layer that has its database', () => {
  const [pkg] = combine({ files: [dpkg('curl')] }, { files: [dpkg('curl')] }).packages
  expect(pkg).toMatchObject({ path: 'var/lib/dpkg/status', layer: digests[1] })
})

test.each([['var/lib/dpkg/status'], ['var/lib/dpkg'], ['var']])('what is removed at %s is gone', (path) => {
  expect(namesIn({ files: [dpkg('curl')] }, { removed: [path] })).toEqual([])
})

test.each([['var/lib/dpkg'], ['var'], ['']])(
  'what lies in the folder %j is gone when it begins anew',
  (path) => {
    expect(namesIn({ files: [dpkg('curl')] }, { emptied: [path] })).toEqual([])
  },
)

test('a layer hides nothing of its own, nor of what comes after', () => {
  const hiding = { removed: ['var/lib/dpkg/status'], emptied: ['var/lib'] }
  expect(namesIn({ files: [dpkg('curl')], ...hiding })).toEqual(['curl'])
  expect(namesIn(hiding, { files: [dpkg('curl')] })).toEqual(['curl'])
  expect(namesIn({ files: [dpkg('curl')] }, { removed: ['var/lib/dpk', 'lib/dpkg/status'] })).toEqual([
    'curl',
  ])
})

test('the distribution is what /etc says, else what /usr/lib says', () => {
  const release = (path: string, id?: string): PackageFile => ({
    path,
    packages: [],
    ...(id && { distribution: { id, versionId: '1', name: id } }),
  })
  const usr = release('usr/lib/os-release', 'alpine')
  expect(combine({ files: [usr, release('etc/os-release', 'debian')] }).distribution?.id).toBe('debian')
  expect(combine({ files: [usr, release('etc/os-release')] }).distribution?.id).toBe('alpine')
  expect(combine({}).distribution).toBeUndefined()
})

test('a package that an old and a new database name is there once', () => {
  const rpm = (path: string): PackageFile => ({
    path,
    packages: [{ format: 'rpm', name: 'bash', version: '5-1' }],
  })
  expect(namesIn({ files: [rpm('var/lib/rpm/Packages'), rpm('usr/lib/sysimage/rpm/rpmdb.sqlite')] })).toEqual(
    ['bash'],
  )
})
