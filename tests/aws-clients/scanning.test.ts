import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { createZstdCompress, gzipSync, zstdCompressSync } from 'node:zlib'
import {
  CreateRepositoryCommand,
  DescribeImageScanFindingsCommand,
  type ECRClient,
  PutRegistryScanningConfigurationCommand,
  paginateDescribeImageScanFindings,
  StartImageScanCommand,
  waitUntilImageScanComplete,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { osvRecord } from '../support/advisories.ts'
import { bothAwsClis } from '../support/aws-cli.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testUnless, testWith } from '../support/installed-programs.ts'
import { pushImage } from '../support/push-image.ts'
import { rpmDatabase, rpmPrograms } from '../support/rpm-database.ts'
import { openShell } from '../support/shell.ts'
import { type TarFile, tarOf } from '../support/tar.ts'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { blob, digestOf, imageOf, type TestImage } from '../support/test-image.ts'

const osRelease = (text: string): TarFile => ({ path: 'etc/os-release', content: text })
const debian = osRelease('ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n')

function dpkgStatus(...packages: readonly string[]): TarFile {
  const stanzas = packages.map((fields) => {
    const [name, version, source] = fields.split(' ')
    const origin =
      source === undefined
        ? ''
        : `Source: ${source.replace('@', ' (').replace(/$/, source.includes('@') ? ')' : '')}\n`
    return `Package: ${name}\nStatus: install ok installed\nArchitecture: amd64\n${origin}Version: ${version}\n`
  })
  return { path: 'var/lib/dpkg/status', content: stanzas.join('\n') }
}

function image(layers: readonly (readonly TarFile[])[], pack: (tar: Buffer) => Buffer = gzipSync): TestImage {
  const tars = layers.map(tarOf)
  const rootfs = { type: 'layers', diff_ids: tars.map((tar) => digestOf(tar)) }
  return imageOf(
    { os: 'linux', architecture: 'amd64', rootfs },
    tars.map((tar) => blob(pack(tar))),
  )
}

const advisories = [
  osvRecord('DEBIAN-CVE-2026-1', [{ ecosystem: 'Debian:12', name: 'openssl', fixed: '3.0.11-1~deb12u2' }], {
    upstream: ['CVE-2026-1'],
  }),
  osvRecord(
    'DEBIAN-CVE-2026-2',
    [{ ecosystem: 'Debian:12', name: 'util-linux', fixed: '2.38.1-5+deb12u4' }],
    { upstream: ['CVE-2026-2'] },
  ),
  osvRecord(
    'DEBIAN-CVE-2026-3',
    [{ ecosystem: 'Debian:12', name: 'util-linux', fixed: '2.38.1-5+deb12u3' }],
    { upstream: ['CVE-2026-3'] },
  ),
  osvRecord('ALSA-2026:1', [{ ecosystem: 'AlmaLinux:9', name: 'bash', fixed: '5.1.8-9.el9' }], {
    summary: 'Important: bash update',
    related: ['CVE-2026-4'],
  }),
]

let berth: BerthProcess
let ecr: ECRClient
beforeAll(async () => {
  berth = await startBerthProcess()
  ecr = await ecrClientOf(berth)
  const file = join(berth.dataDir, 'advisories.json')
  await writeFile(file, JSON.stringify(advisories))
  await outputOf(process.execPath, [BERTH, 'advisories', 'import', file, '--data-dir', berth.dataDir])
})
afterAll(async () => {
  ecr.destroy()
  await berth[Symbol.asyncDispose]()
})

async function push(repositoryName: string, pushed: TestImage, tag = 'v1'): Promise<void> {
  const access = await logIn(berth, ecr)
  await ecr
    .send(new CreateRepositoryCommand({ repositoryName, imageScanningConfiguration: { scanOnPush: true } }))
    .catch((error) => error)
  await pushImage(access, repositoryName, tag, pushed)
}

async function scanned(repositoryName: string, imageTag = 'v1'): Promise<string[]> {
  const input = { repositoryName, imageId: { imageTag } }
  await waitUntilImageScanComplete({ client: ecr, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, input)
  const found: string[] = []
  for await (const { imageScanFindings } of paginateDescribeImageScanFindings({ client: ecr }, input)) {
    for (const { name, severity, attributes = [] } of imageScanFindings?.findings ?? []) {
      const of = (key: string) => attributes.find((each) => each.key === key)?.value
      found.push(`${name} ${severity} ${of('package_name')} ${of('package_version')}`)
    }
  }
  return found
}

describe('an image that is pushed is scanned:', () => {
  const layer = [
    debian,
    dpkgStatus('libssl3 3.0.9-1 openssl', 'bsdutils 1:2.38.1-5+deb12u3 util-linux@2.38.1-5+deb12u3'),
  ]
  const expected = [
    'CVE-2026-1 UNDEFINED openssl 3.0.9-1',
    'CVE-2026-2 UNDEFINED util-linux 2.38.1-5+deb12u3',
  ]

  test.each([
    ['gzip', gzipSync],
    ['zstd', zstdCompressSync],
    ['nothing', (tar: Buffer) => tar],
  ])('Debian, packed with %s', async (name, pack) => {
    await push(`debian/${name}`, image([layer], pack))
    expect(await scanned(`debian/${name}`)).toEqual(expected)
  })

  test('Debian, after an upgrade in a layer of its own', async () => {
    const upgrade = dpkgStatus(
      'libssl3 3.0.11-1~deb12u2 openssl',
      'bsdutils 1:2.38.1-5+deb12u4 util-linux@2.38.1-5+deb12u4',
    )
    await push('debian/upgraded', image([layer, [upgrade]]))
    expect(await scanned('debian/upgraded')).toEqual([])
  })

  testWith(...rpmPrograms)('AlmaLinux, with a database of RPM', async () => {
    await using folder = await temporaryFolder()
    const { name, bytes } = rpmDatabase(folder.path, 'sqlite', [
      { name: 'bash', version: '5.1.8', release: '6.el9' },
    ])
    const release = osRelease('ID="almalinux"\nVERSION_ID="9.4"\n')
    await push('alma', image([[release, { path: `var/lib/rpm/${name}`, content: bytes }]]))
    expect(await scanned('alma')).toEqual(['CVE-2026-4 HIGH bash 5.1.8-6.el9'])
  })
})

/** A layer of some kilobytes that unpacks to 300 MiB. */
async function bombLayer(): Promise<Buffer> {
  const mebibytes = 300
  const header = tarOf([{ path: 'zeros', size: mebibytes * 2 ** 20 }]).subarray(0, 512)
  const zeros = Buffer.alloc(2 ** 20)
  const pieces = [header, ...Array.from({ length: mebibytes }, () => zeros), Buffer.alloc(1024)]
  return await buffer(Readable.from(pieces).pipe(createZstdCompress()))
}

test('berth sbom prints what a scan has read, in both formats, and says when there was none', async () => {
  await push('sbom', image([[debian, dpkgStatus('libssl3 3.0.9-1 openssl')]]))
  await scanned('sbom')
  const sbom = (...args: string[]) => [BERTH, 'sbom', ...args, '--data-dir', berth.dataDir]
  const cycloneDx = JSON.parse(await outputOf(process.execPath, sbom('sbom:v1')))
  const purl = 'pkg:deb/debian/libssl3@3.0.9-1?arch=amd64&distro=debian-12&upstream=openssl%403.0.9-1'
  expect(cycloneDx).toMatchObject({ bomFormat: 'CycloneDX', components: [{ name: 'debian' }, { purl }] })
  const spdx = JSON.parse(await outputOf(process.execPath, sbom('sbom:v1', '--format', 'spdx')))
  expect(spdx).toMatchObject({ packages: [{}, { externalRefs: [{ referenceLocator: purl }] }] })
  await push('unscanned', imageOf({ os: 'linux' }, []))
  await expect(outputOf(process.execPath, sbom('unscanned'))).rejects.toThrow('InvalidParameterException')
})

test('a bomb ends as a failed scan with its reason, and takes nothing else with it', async () => {
  await push('bomb', imageOf({ os: 'linux', architecture: 'amd64' }, [blob(await bombLayer())]))
  await expect(scanned('bomb')).rejects.toThrow()
  const { imageScanStatus } = await ecr.send(
    new DescribeImageScanFindingsCommand({ repositoryName: 'bomb', imageId: { imageTag: 'v1' } }),
  )
  expect(imageScanStatus).toMatchObject({
    status: 'FAILED',
    description: "The image can't be read: A layer unpacks to far more than it is.",
  })
})

describe.each(await bothAwsClis())('aws CLI version $major', ({ major, aws }) => {
  const test = aws ? testWith('curl') : testUnless(`aws CLI version ${major} not installed`)

  test('starts a scan, waits for it and shows what it found', async () => {
    if (!aws) return
    await using shell = await openShell({ berth, aws })
    const repositoryName = `team/cli${major}`
    await push(repositoryName, image([[debian, dpkgStatus('libssl3 3.0.9-1 openssl')]]))
    await scanned(repositoryName)
    const named = `--repository-name ${repositoryName} --image-id imageTag=v1`
    expect(JSON.parse(await shell.type(`aws ecr start-image-scan ${named}`))).toMatchObject({
      imageScanStatus: { status: 'IN_PROGRESS' },
    })
    await shell.type(`aws ecr wait image-scan-complete ${named}`)
    const shown = JSON.parse(await shell.type(`aws ecr describe-image-scan-findings ${named}`))
    expect(shown.imageScanFindings).toMatchObject({
      findingSeverityCounts: { UNDEFINED: 1 },
      findings: [{ name: 'CVE-2026-1', uri: 'https://security-tracker.debian.org/tracker/CVE-2026-1' }],
    })
    const unscanned = `--repository-name ${repositoryName} --image-id imageTag=none`
    expect((await shell.try(`aws ecr start-image-scan ${unscanned}`)).stderr).toContain(
      'ImageNotFoundException',
    )
  })
})

test('enhanced scanning takes over, and refuses to be started by hand', async () => {
  const rules = [
    {
      scanFrequency: 'CONTINUOUS_SCAN' as const,
      repositoryFilters: [{ filter: 'debian/gzip', filterType: 'WILDCARD' as const }],
    },
  ]
  await ecr.send(new PutRegistryScanningConfigurationCommand({ scanType: 'ENHANCED', rules }))
  const input = { repositoryName: 'debian/gzip', imageId: { imageTag: 'v1' } }
  await expect(ecr.send(new StartImageScanCommand(input))).rejects.toMatchObject({
    name: 'ValidationException',
    message: 'This feature is disabled',
  })
  await expect
    .poll(
      async () => {
        const { imageScanStatus, imageScanFindings } = await ecr.send(
          new DescribeImageScanFindingsCommand(input),
        )
        return [imageScanStatus?.status, imageScanFindings?.enhancedFindings?.map(({ title }) => title)]
      },
      { timeout: 30_000 },
    )
    .toEqual(['ACTIVE', ['CVE-2026-1 - openssl', 'CVE-2026-2 - util-linux']])
})
