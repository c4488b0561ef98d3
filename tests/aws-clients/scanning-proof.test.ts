import { existsSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  CreateRepositoryCommand,
  type ECRClient,
  paginateDescribeImageScanFindings,
  waitUntilImageScanComplete,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, expect } from 'vitest'
import { osvRecord } from '../support/advisories.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf } from '../support/client.ts'
import { type DebianFix, type DebianSource, findingsByDpkg, installedSources } from '../support/dpkg.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testUnless } from '../support/installed-programs.ts'
import { pushImage } from '../support/push-image.ts'
import { type TarFile, tarOf } from '../support/tar.ts'
import { blob, imageOf } from '../support/test-image.ts'

const statusFile = '/var/lib/dpkg/status'
const releaseFile = '/usr/lib/os-release'
const isDebian = existsSync(statusFile) && /^ID=debian$/m.test(readFileSync(releaseFile, 'utf8'))
const testOnDebian = testUnless(!isDebian && 'this is no Debian')

/** Versions around the one that is installed: just before, the same, and just after, in ways that are easily confused. */
function claimsAbout({ name, version }: DebianSource, at: number): DebianFix[] {
  const fixes = [
    `${version}~`,
    version,
    `${version}+deb12u1`,
    `${version}.1`,
    `1:${version.replace(/^\d+:/, '')}`,
  ]
  return fixes.map((fixed, way) => ({ cve: `CVE-2026-${at * fixes.length + way + 1}`, name, fixed }))
}

let berth: BerthProcess
let ecr: ECRClient
beforeAll(async () => {
  berth = await startBerthProcess()
  ecr = await ecrClientOf(berth)
})
afterAll(async () => {
  ecr.destroy()
  await berth[Symbol.asyncDispose]()
})

async function scanned(repositoryName: string, layers: readonly (readonly TarFile[])[]): Promise<string[]> {
  const imageScanningConfiguration = { scanOnPush: true }
  await ecr.send(new CreateRepositoryCommand({ repositoryName, imageScanningConfiguration }))
  const image = imageOf(
    { os: 'linux' },
    layers.map((files) => blob(tarOf(files))),
  )
  await pushImage(await logIn(berth, ecr), repositoryName, 'v1', image)
  const input = { repositoryName, imageId: { imageTag: 'v1' } }
  await waitUntilImageScanComplete({ client: ecr, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, input)
  const found: string[] = []
  for await (const { imageScanFindings } of paginateDescribeImageScanFindings({ client: ecr }, input)) {
    for (const { name, attributes = [] } of imageScanFindings?.findings ?? []) {
      const of = (key: string) => attributes.find((each) => each.key === key)?.value
      found.push(`${name} ${of('package_name')} ${of('package_version')}`)
    }
  }
  return found.toSorted()
}

testOnDebian(
  "this machine's own packages have the findings that dpkg says they have, and an upgrade mends them",
  async () => {
    const sources = installedSources()
    const claims = sources.flatMap(claimsAbout)
    const records = claims.map(({ cve, name, fixed }) =>
      osvRecord(`DEBIAN-${cve}`, [{ ecosystem: `Debian:${versionId()}`, name, fixed }], { upstream: [cve] }),
    )
    const file = join(berth.dataDir, 'advisories.json')
    await writeFile(file, JSON.stringify(records))
    await outputOf(process.execPath, [BERTH, 'advisories', 'import', file, '--data-dir', berth.dataDir])

    const status = readFileSync(statusFile)
    const root = [
      { path: releaseFile.slice(1), content: readFileSync(releaseFile) },
      { path: statusFile.slice(1), content: status },
    ]
    const expected = findingsByDpkg(sources, claims)
    expect(expected.length).toBeGreaterThan(sources.length)
    expect(await scanned('proof/machine', [root])).toEqual(expected)

    const upgraded = { path: statusFile.slice(1), content: upgradedStatus(status.toString()) }
    const mended = expected.filter((line) => line.split(' ')[1] !== 'dpkg')
    expect(await scanned('proof/upgraded', [root, [upgraded]])).toEqual(mended)
  },
)

/** The database after a version of dpkg that comes behind all that advisories name. */
function upgradedStatus(status: string): string {
  const stanzas = status.split('\n\n')
  return stanzas
    .map((stanza) =>
      /^Package: dpkg$/m.test(stanza) ? stanza.replace(/^Version: .*$/m, 'Version: 99:1') : stanza,
    )
    .filter((stanza) => !/^Source: dpkg$/m.test(stanza))
    .join('\n\n')
}

function versionId(): string {
  return /^VERSION_ID="?(\d+)/m.exec(readFileSync(releaseFile, 'utf8'))?.[1] ?? ''
}
