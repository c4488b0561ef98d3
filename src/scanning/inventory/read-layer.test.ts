import { execFileSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { testWith } from '../../../tests/support/installed-programs.ts'
import { rpmDatabase, rpmPrograms } from '../../../tests/support/rpm-database.ts'
import { type TarFile, tarOf } from '../../../tests/support/tar.ts'
import { temporaryFolder } from '../../../tests/support/temporary-folder.ts'
import { zipOf } from '../../../tests/support/zip.ts'
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

describe('packages of languages:', () => {
  const jar = (name: string, version: string) =>
    zipOf({
      [`META-INF/maven/org.x/${name}/pom.properties`]: `#made\ngroupId=org.x\nartifactId=${name}\nversion=${version}\n`,
    })

  test.each([
    [
      'npm',
      'app/node_modules/@scope/left/package.json',
      '{"name":"@scope/left","version":"1.0.0"}',
      [['@scope/left', '1.0.0']],
    ],
    ['npm without a version', 'app/node_modules/left/package.json', '{"name":"left"}', []],
    ['an application itself', 'app/package.json', '{"name":"app","version":"1.0.0"}', undefined],
    [
      'pip',
      'usr/lib/python3/dist-packages/Zope.X-5.0.dist-info/METADATA',
      'Metadata-Version: 2.1\nName: Zope.X\nVersion: 5.0\n\nName: not-me\n',
      [['zope-x', '5.0']],
    ],
    ['an egg', 'usr/lib/python3/six.egg-info', 'Name: six\nVersion: 1.16.0\n', [['six', '1.16.0']]],
    ['a Java library', 'app/lib.jar', jar('lib', '2.1'), [['org.x:lib', '2.1']]],
    [
      'a Java application with libraries in it',
      'app.war',
      zipOf({ 'WEB-INF/lib/a.jar': jar('a', '1').toString('latin1') }),
      [['org.x:a', '1']],
    ],
    ['an archive that is none', 'app/no.jar', 'PK\x05\x06 and so on, at some length', []],
  ])('%s', async (_, path, content, expected) => {
    const { files } = await readFiles({ path, content })
    expect(files[0]?.packages.map(({ name, version }) => [name, version])).toEqual(expected)
  })

  testWith('go')('Go, from a program of any kind, in whatever pieces it comes', async () => {
    await using folder = await temporaryFolder()
    await writeFile(join(folder.path, 'main.go'), 'package main\nfunc main() { println(1) }\n')
    await writeFile(join(folder.path, 'go.mod'), 'module example.com/app\n')
    const env = { ...process.env, GOFLAGS: '-mod=mod', CGO_ENABLED: '0', GOCACHE: join(folder.path, 'cache') }
    execFileSync('go', ['build', '-o', 'app', '.'], { cwd: folder.path, env, stdio: 'pipe' })
    const content = await readFile(join(folder.path, 'app'))
    const { files } = await readFiles({ path: 'usr/bin/app', content, mode: 0o755 })
    const version = execFileSync('go', ['env', 'GOVERSION'], { encoding: 'utf8', env }).trim()
    expect(files).toEqual([
      {
        path: 'usr/bin/app',
        packages: [{ format: 'go', name: 'stdlib', version: version.replace(/^go/, '') }],
      },
    ])
    expect(
      (await readFiles({ path: 'usr/bin/other', content: Buffer.alloc(200_000, 7), mode: 0o755 })).files,
    ).toEqual([])
  })
})

/** A program of so many bytes that has some at a place, as a compiler lays it down. */
function elfProgram(size: number, part: Buffer, at: number): Buffer {
  const filling = `\x7fELF and x\x9c that begins nothing, x\xda x\x01${' '.repeat(2_000)}`
  const program = Buffer.alloc(size, filling, 'latin1')
  part.copy(program, at)
  return program
}

describe('Rust, from a program that cargo-auditable has made:', () => {
  const crates = [
    { name: 'app', version: '0.1.0', source: 'local', root: true, dependencies: [1, 2] },
    { name: 'time', version: '0.1.43', source: 'crates.io' },
    { name: 'ring', version: '0.17.5', source: 'git+https://x/ring' },
    { name: 'cc', version: '1.0.0', source: 'crates.io', kind: 'build' },
  ]
  const list = (packages: unknown) => deflateSync(JSON.stringify({ packages }))
  const read = (content: Buffer, mode = 0o755) => readFiles({ path: 'usr/bin/app', content, mode })

  test('its crates, but for itself and what only builds it, wherever the list lies in the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(1, 6, 9),
        fc.oneof(fc.integer({ min: 4, max: 299_000 }), fc.integer({ min: 64_900, max: 65_600 })),
        async (level, at) => {
          const packed = deflateSync(JSON.stringify({ packages: crates }), { level })
          const { files } = await read(elfProgram(300_000, packed, at))
          expect(files[0]?.packages).toEqual([
            { format: 'cargo', name: 'time', version: '0.1.43' },
            { format: 'cargo', name: 'ring', version: '0.17.5' },
          ])
        },
      ),
      { numRuns: 30 },
    )
  })

  test.each([
    ['what is no list', elfProgram(200_000, deflateSync('{"packages":["no'), 9_000)],
    ['a list of what are no crates', elfProgram(200_000, list([7, null, { name: 7 }]), 9_000)],
    ['a list that breaks off', elfProgram(200_000, list(crates).subarray(0, 80), 199_920)],
    ['a list in what is no program', Buffer.concat([Buffer.alloc(200_000), list(crates)])],
  ])('nothing from %s', async (_, content) => {
    expect((await read(content)).files).toEqual([])
  })
})

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
