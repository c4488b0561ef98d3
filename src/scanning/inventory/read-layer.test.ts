import { Readable } from 'node:stream'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testWith } from '../../../tests/support/installed-programs.ts'
import { rpmDatabase, rpmPrograms } from '../../../tests/support/rpm-database.ts'
import { type TarFile, tarOf } from '../../../tests/support/tar.ts'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import type { LayerInventory } from '../../core/scanning/layer-inventory.ts'
import { layerLimits, UnreadableLayerError } from './limits.ts'
import { readLayer } from './read-layer.ts'

async function read(layer: Buffer, limits: Partial<typeof layerLimits> = {}): Promise<LayerInventory> {
  await using folder = await temporaryFolder()
  return await readLayer(Readable.from([layer]), {
    limits: { ...layerLimits, ...limits },
    folder: folder.path,
  })
}

async function readFiles(...files: TarFile[]): Promise<LayerInventory> {
  return read(tarOf(files))
}

const status = `Package: libssl3
Status: install ok installed
Architecture: amd64
Source: openssl (3.0.9-1)
Version: 3.0.9-1+b1
Description: a text
 Version: of no meaning

Package: gone
Status: deinstall ok config-files
Version: 1

Package: held
Status: hold ok installed
Version: 2
Source: held-source
`

const installed = [
  {
    format: 'dpkg',
    name: 'libssl3',
    version: '3.0.9-1+b1',
    architecture: 'amd64',
    source: { name: 'openssl', version: '3.0.9-1' },
  },
  { format: 'dpkg', name: 'held', version: '2', source: { name: 'held-source', version: '2' } },
]

describe('a layer of Debian', () => {
  test('tells of what is installed, and not of what is only remembered', async () => {
    const { files } = await readFiles({ path: './var/lib/dpkg/status', content: status })
    expect(files).toEqual([{ path: 'var/lib/dpkg/status', packages: installed }])
  })

  test('without a package manager has a file for each package', async () => {
    const { files } = await readFiles(
      { path: 'var/lib/dpkg/status.d/base', content: 'Package: base-files\nVersion: 12.4\n' },
      { path: 'var/lib/dpkg/status.d/base.md5sums', content: 'Package: no\nVersion: 1\n' },
    )
    expect(files).toEqual([
      {
        path: 'var/lib/dpkg/status.d/base',
        packages: [{ format: 'dpkg', name: 'base-files', version: '12.4' }],
      },
    ])
  })

  test.each([
    ['gzip', gzipSync],
    [
      'gzip in two members',
      (tar: Buffer) => Buffer.concat([gzipSync(tar.subarray(0, 700)), gzipSync(tar.subarray(700))]),
    ],
    ['zstd', zstdCompressSync],
    ['nothing', (tar: Buffer) => tar],
  ])('is read when packed with %s', async (_, pack) => {
    const layer = pack(tarOf([{ path: 'var/lib/dpkg/status', content: status }]))
    expect(await read(layer)).toMatchObject({ files: [{ packages: installed }] })
  })
})

test('a layer of Alpine tells what a package was built from', async () => {
  const content =
    'C:Q1abc=\nP:libcrypto3\nV:3.1.4-r5\nA:x86_64\no:openssl\nF:lib\nR:x\n\nP:musl\nV:1.2.4-r2\no:musl\n'
  const { files } = await readFiles({ path: 'lib/apk/db/installed', content })
  expect(files[0]?.packages).toEqual([
    {
      format: 'apk',
      name: 'libcrypto3',
      version: '3.1.4-r5',
      architecture: 'x86_64',
      source: { name: 'openssl', version: '3.1.4-r5' },
    },
    { format: 'apk', name: 'musl', version: '1.2.4-r2' },
  ])
})

describe.each(['sqlite', 'ndb', 'bdb'] as const)('a layer with an RPM database of %s', (backend) => {
  testWith(...rpmPrograms)('tells what rpm has installed', async () => {
    await using folder = await temporaryFolder()
    const packages = [
      { name: 'bash', version: '5.1.8', release: '6.el9' },
      {
        name: 'nodejs',
        version: '18.14.2',
        release: '2.module_el9',
        epoch: 1,
        module: 'nodejs:18:902:rhel9',
      },
    ]
    const { name, bytes } = rpmDatabase(folder.path, backend, packages)
    const { files } = await readFiles({ path: `var/lib/rpm/${name}`, content: bytes })
    expect(files[0]?.packages.toSorted((one, other) => one.name.localeCompare(other.name))).toEqual([
      { format: 'rpm', name: 'bash', version: '5.1.8-6.el9', architecture: 'noarch' },
      {
        format: 'rpm',
        name: 'nodejs',
        version: '1:18.14.2-2.module_el9',
        architecture: 'noarch',
        module: 'nodejs:18',
      },
    ])
    await readsOrRefusesDamaged(name, bytes)
  })

  test('that is broken is refused', async () => {
    const name = { sqlite: 'rpmdb.sqlite', ndb: 'Packages.db', bdb: 'Packages' }[backend]
    for (const content of ['', 'no database', Buffer.alloc(20_000, 1)]) {
      await expect(readFiles({ path: `var/lib/rpm/${name}`, content })).rejects.toThrow(UnreadableLayerError)
    }
  })
})

async function readsOrRefusesDamaged(name: string, bytes: Buffer): Promise<void> {
  const damage = fc.record({ at: fc.nat(bytes.length - 1), byte: fc.nat(255), cut: fc.nat(bytes.length) })
  await fc.assert(
    fc.asyncProperty(damage, async ({ at, byte, cut }) => {
      const flipped = Buffer.from(bytes).fill(byte, at, at + 1)
      for (const content of [flipped, bytes.subarray(0, cut)]) {
        const outcome = await readFiles({ path: `var/lib/rpm/${name}`, content }).catch((error) => error)
        if (outcome instanceof Error) expect(outcome).toBeInstanceOf(UnreadableLayerError)
      }
    }),
    { numRuns: 40 },
  )
}

describe('what a layer hides', () => {
  test('is told by whiteouts, and only by those', async () => {
    const { removed, emptied } = await readFiles(
      { path: 'etc/.wh.os-release' },
      { path: '.wh.root-file' },
      { path: 'var/lib/.wh..wh..opq' },
      { path: '.wh..wh.plnk' },
      { path: 'etc/.white' },
    )
    expect({ removed, emptied }).toEqual({ removed: ['etc/os-release', 'root-file'], emptied: ['var/lib'] })
  })

  test('is also what something else stands in the place of', async () => {
    const { files } = await readFiles({
      path: 'etc/os-release',
      type: '2',
      linkPath: '../usr/lib/os-release',
    })
    expect(files).toEqual([{ path: 'etc/os-release', packages: [] }])
  })
})

test('a hard link to a database is one', async () => {
  const { files } = await readFiles(
    { path: 'usr/lib/os-release', content: 'ID=debian\nVERSION_ID=12\n' },
    { path: 'etc/os-release', type: '1', linkPath: 'usr/lib/os-release' },
  )
  expect(files.map(({ path, distribution }) => [path, distribution?.id])).toEqual([
    ['usr/lib/os-release', 'debian'],
    ['etc/os-release', 'debian'],
  ])
})

describe('hostile names', () => {
  test.each(['../../var/lib/dpkg/status', '/var/lib/dpkg/status', './/var/./lib/x/../dpkg/status'])(
    '%s never leaves the root',
    async (path) => {
      const { files } = await readFiles({ path, content: status })
      expect(files.map((file) => file.path)).toEqual(['var/lib/dpkg/status'])
    },
  )

  test('that are too deep are refused', async () => {
    const deep = `${'a/'.repeat(300)}b`
    await expect(readFiles({ path: 'x', type: 'L', content: deep }, { path: 'b' })).rejects.toThrow(
      'too deep',
    )
  })
})

describe('a layer beyond a limit is refused:', () => {
  const zeros = tarOf([{ path: 'zeros', content: Buffer.alloc(4_000_000) }])

  test.each([
    ['a bomb of gzip', gzipSync(zeros), { ratioFrom: 1_000_000 }, 'unpacks to far more'],
    ['a bomb of zstd', zstdCompressSync(zeros), { ratioFrom: 1_000_000 }, 'unpacks to far more'],
    ['too many bytes', zeros, { bytes: 1_000_000 }, 'too large'],
    ['too many files', tarOf([{ path: 'a' }, { path: 'b' }]), { entries: 1 }, 'too many files'],
    [
      'too many packages',
      tarOf([{ path: 'var/lib/dpkg/status', content: status }]),
      { packages: 1 },
      'too many packages',
    ],
    [
      'a text too long',
      tarOf([{ path: 'etc/os-release', content: 'x'.repeat(99) }]),
      { textBytes: 50 },
      'too large',
    ],
    [
      'a database too large',
      tarOf([{ path: 'var/lib/rpm/Packages', content: 'x'.repeat(99) }]),
      { databaseBytes: 50 },
      'too large',
    ],
    ['packed bytes that break off', gzipSync(zeros).subarray(0, 2_000), {}, "can't be unpacked"],
    ['packed bytes that are wrong', gzipSync(zeros).fill(7, 20, 60), {}, "can't be unpacked"],
  ])('%s', async (_, layer, limits, message) => {
    await expect(read(layer, limits)).rejects.toThrow(new RegExp(message))
    await expect(read(layer, limits)).rejects.toThrow(UnreadableLayerError)
  })

  test('an empty one is one without packages', async () => {
    expect(await read(Buffer.alloc(0))).toEqual({ files: [], removed: [], emptied: [] })
  })
})
