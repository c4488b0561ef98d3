import { execFileSync } from 'node:child_process'
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
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { testUnless } from '../support/installed-programs.ts'
import { pushImage } from '../support/push-image.ts'
import { type TarFile, tarOf } from '../support/tar.ts'
import { blob, imageOf } from '../support/test-image.ts'

const statusFile = '/var/lib/dpkg/status'
const releaseFile = '/usr/lib/os-release'
const isDebian = existsSync(statusFile) && /^ID=debian$/m.test(readFileSync(releaseFile, 'utf8'))
const testOnDebian = testUnless(!isDebian && 'this is no Debian')

/** A source package of this machine, as dpkg itself tells of what is installed. */
interface Source {
  readonly name: string
  readonly version: string
}

function installedSources(): Source[] {
  const fields = ['db:Status-Status', 'source:Package', 'source:Version'].map((field) => `\${${field}}`)
  const format = `${fields.join(' ')}\n`
  const lines = execFileSync('dpkg-query', ['--show', '--showformat', format], { encoding: 'utf8' }).split(
    '\n',
  )
  const installed = new Set(lines.filter((line) => line.startsWith('installed ')))
  return [...installed].map((line) => {
    const [, name = '', version = ''] = line.split(' ')
    return { name, version }
  })
}

/** An advisory about a source package, and the version that mends it. */
interface Claim {
  readonly cve: string
  readonly name: string
  readonly fixed: string
}

/** Versions around the one that is installed: just before, the same, and just after, in ways that are easily confused. */
function claimsAbout({ name, version }: Source, at: number): Claim[] {
  const fixes = [
    `${version}~`,
    version,
    `${version}+deb12u1`,
    `${version}.1`,
    `1:${version.replace(/^\d+:/, '')}`,
  ]
  return fixes.map((fixed, way) => ({ cve: `CVE-2026-${at * fixes.length + way + 1}`, name, fixed }))
}

/** What dpkg says of each pair, in one shell. */
function areBefore(pairs: readonly (readonly [string, string])[]): boolean[] {
  const script = 'while read -r one other; do dpkg --compare-versions "$one" lt "$other"; echo $?; done'
  const input = pairs.map((pair) => `${pair.join(' ')}\n`).join('')
  return execFileSync('sh', ['-c', script], { input, encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((code) => code === '0')
}

function expectedOf(sources: readonly Source[], claims: readonly Claim[]): string[] {
  const pairs = sources.flatMap((source) =>
    claims.filter(({ name }) => name === source.name).map((claim) => ({ source, claim })),
  )
  const isLess = areBefore(pairs.map(({ source, claim }) => [source.version, claim.fixed]))
  const hit = pairs.filter((_, at) => isLess[at])
  return hit.map(({ source, claim }) => `${claim.cve} ${source.name} ${source.version}`).toSorted()
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
    const expected = expectedOf(sources, claims)
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
