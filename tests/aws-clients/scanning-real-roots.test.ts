import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect } from 'vitest'
import { osvRecord } from '../support/advisories.ts'
import { findAwsCli } from '../support/aws-cli.ts'
import { exportedBy } from '../support/berth-env.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { type Client, createClient, outputOf } from '../support/client.ts'
import { type DebianFix, findingsByDpkg, installedSources } from '../support/dpkg.ts'
import { installationsOf, testUnless, testWith } from '../support/installed-programs.ts'
import { rpmDatabase, rpmPrograms, type SamplePackage } from '../support/rpm-database.ts'
import { tarOf } from '../support/tar.ts'
import { type TemporaryFolder, temporaryFolder } from '../support/temporary-folder.ts'
import { blob, blobsOf, imageOf } from '../support/test-image.ts'

const layersOfDebian = process.env.BERTH_TEST_DEBIAN_ROOT
const cli = await findAwsCli(2)
/** Milliseconds: whole roots are packed, pushed and read. */
const patience = 240_000

let berth: BerthProcess
let folder: TemporaryFolder
let aws: Client
beforeAll(async () => {
  berth = await startBerthProcess()
  folder = await temporaryFolder()
  aws = createClient(
    cli?.path ?? 'aws',
    ['--endpoint-url', berth.url, '--output', 'json', 'ecr'],
    await exportedBy(berth),
  )
})
afterAll(async () => {
  await berth[Symbol.asyncDispose]()
  await folder[Symbol.asyncDispose]()
})

/** Brings advisories, each as Debian's or AlmaLinux's database would have it. */
async function bringAdvisories(ecosystem: string, fixes: readonly DebianFix[]): Promise<void> {
  const records = fixes.map(({ cve, name, fixed }, at) =>
    osvRecord(`TEST-${ecosystem}-${at}`, [{ ecosystem, name, fixed }], { upstream: [cve] }),
  )
  const file = join(folder.path, 'advisories.json')
  await writeFile(file, JSON.stringify(records))
  await outputOf(process.execPath, [BERTH, 'advisories', 'import', file, '--data-dir', berth.dataDir])
}

function createRepository(name: string): Promise<string> {
  const create = ['create-repository', '--repository-name', name]
  return aws.output([...create, '--image-scanning-configuration', 'scanOnPush=true'])
}

/** Makes an image of layers packed with gzip, and has skopeo push it. */
async function push(name: string, tag: string, layers: readonly Buffer[]): Promise<void> {
  const diffs = layers.map(
    (layer) => `sha256:${createHash('sha256').update(gunzipSync(layer)).digest('hex')}`,
  )
  const config = { os: 'linux', architecture: 'amd64', rootfs: { type: 'layers', diff_ids: diffs } }
  const image = imageOf(config, layers.map(blob))
  const source = join(folder.path, `${name}-${tag}`)
  await mkdir(source)
  await writeFile(join(source, 'manifest.json'), image.manifest)
  for (const { digest, content } of blobsOf(image)) await writeFile(join(source, digest.slice(7)), content)
  const password = await aws.output(['get-login-password'])
  const login = ['--dest-tls-verify=false', '--dest-creds', `AWS:${password}`]
  const place = `docker://${berth.host}/${name}:${tag}`
  await outputOf('skopeo', ['--insecure-policy', 'copy', ...login, `dir:${source}`, place])
}

interface AwsFinding {
  readonly name: string
  readonly attributes: readonly { readonly key: string; readonly value: string }[]
}

/** What the command line waits for and then lists. */
async function findingsOf(name: string, tag: string): Promise<string[]> {
  const image = ['--repository-name', name, '--image-id', `imageTag=${tag}`]
  await aws.output(['wait', 'image-scan-complete', ...image])
  const described = await aws.output(['describe-image-scan-findings', ...image])
  const findings: readonly AwsFinding[] = JSON.parse(described).imageScanFindings.findings
  return findings
    .map(({ name: cve, attributes }) => {
      const of = (key: string) => attributes.find((each) => each.key === key)?.value
      return `${cve} ${of('package_name')} ${of('package_version')}`
    })
    .toSorted()
}

/** What dpkg tells of the database in a layer. */
async function sourcesIn(layer: string) {
  const adminDir = `${layer}.dpkg`
  await mkdir(join(adminDir, 'info'), { recursive: true })
  execFileSync('tar', ['-xzf', layer, '-C', adminDir, '--strip-components=4', './var/lib/dpkg/status'])
  return installedSources(adminDir)
}

const lacking = ['skopeo', 'dpkg'].filter((program) => installationsOf(program).length === 0)
const testOfDebian = testUnless(
  (layersOfDebian === undefined && 'BERTH_TEST_DEBIAN_ROOT names no folder that .ci/debian-root has made') ||
    (lacking.length > 0 && `${lacking.join(', ')} not installed`) ||
    (cli === undefined && 'the aws command line 2 is not installed'),
)

testOfDebian(
  'a real Debian 12 has the findings that dpkg says it has, and its security updates mend what they mend',
  async () => {
    const [root, upgrade] = ['root', 'upgrade'].map((name) => join(layersOfDebian ?? '', `${name}.tar.gz`))
    const text = await readFile(join(import.meta.dirname, '../support/debian-12-fixes.txt'), 'utf8')
    const facts = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    const fixes = facts.flatMap((line) => {
      const [name = '', fixed = '', ...cves] = line.split(' ')
      return cves.map((cve) => ({ cve, name, fixed }))
    })
    await bringAdvisories('Debian:12', fixes)
    const layers = await Promise.all([root, upgrade].map((file) => readFile(file ?? '')))

    const before = findingsByDpkg(await sourcesIn(root ?? ''), fixes)
    const after = findingsByDpkg(await sourcesIn(upgrade ?? ''), fixes)
    expect(before.length).toBeGreaterThan(after.length)
    await createRepository('debian')
    await push('debian', 'v1', layers.slice(0, 1))
    expect(await findingsOf('debian', 'v1')).toEqual(before)
    await push('debian', 'v2', layers)
    expect(await findingsOf('debian', 'v2')).toEqual(after)
  },
  patience,
)

const packages: readonly SamplePackage[] = [
  { name: 'openssl-libs', version: '3.0.7', release: '27.el9', epoch: 1 },
  { name: 'curl', version: '7.76.1', release: '29.el9_4.1' },
  { name: 'bash', version: '5.1.8', release: '6.el9_1' },
  { name: 'vim-minimal', version: '8.2.2637', release: '20.el9_1', epoch: 2 },
  { name: 'rpm', version: '4.16.1.3~rc1', release: '29.el9' },
]

/** Fixes around each package's version, in ways that are easily confused. */
function fixesAround({ name, version, release, epoch }: SamplePackage, at: number): DebianFix[] {
  const before = epoch === undefined ? '' : `${epoch}:`
  const whole = `${before}${version}-${release}`
  const fixed = [
    whole,
    `${whole}~beta`,
    `${whole}^git1`,
    `${whole}.1`,
    `${before}${version}-${release.replace('.el9', '.el9_0')}`,
    `${before}${version}.0-0`,
    `${version}-9999`,
    `${(epoch ?? 0) + 1}:0-1`,
  ]
  return fixed.map((each, way) => ({ cve: `CVE-2026-${at}00${way}`, name, fixed: each }))
}

/** What RPM's own comparison says: the epoch, then the version, then the release. */
function findingsByRpm(fixes: readonly DebianFix[]): string[] {
  const pairs = fixes.map(({ name, fixed }) => [evrText(name), fixed].map(evrOf))
  const verdicts = pairs.map(([one, other]) => {
    const [version, release] = [1, 2].map((part) => `rpm.vercmp("${one?.[part]}", "${other?.[part]}")`)
    return `print(${version} .. " " .. ${release} .. ";")`
  })
  const said = execFileSync('rpm', ['--eval', `%{lua: ${verdicts.join(' ')}}`], { encoding: 'utf8' })
  const orders = said.split(/;\s*/).map((line) => line.split(' ').map(Number))
  const hit = fixes.filter((_, at) => {
    const [one, other] = pairs[at] ?? []
    const order = [Number(one?.[0]) - Number(other?.[0]), ...(orders[at] ?? [])]
    return (order.find((each) => each !== 0) ?? 0) < 0
  })
  return hit.map(({ cve, name }) => `${cve} ${name} ${evrText(name)}`).toSorted()
}

function evrOf(text: string): readonly [epoch: string, version: string, release: string] {
  const [, epoch = '0', version = '', release = ''] = /^(?:(\d+):)?(.*)-([^-]*)$/.exec(text) ?? []
  return [epoch, version, release]
}

function evrText(name: string): string {
  const { version, release, epoch } = packages.find((each) => each.name === name) ?? {}
  return `${epoch === undefined ? '' : `${epoch}:`}${version}-${release}`
}

testWith(...rpmPrograms, 'skopeo', 'aws')(
  'an image with a database of RPM has the findings that RPM says it has, and an upgrade mends them',
  async () => {
    const fixes = packages.flatMap(fixesAround)
    await bringAdvisories('AlmaLinux:9', fixes)
    const database = async (installed: readonly SamplePackage[]) => {
      await using work = await temporaryFolder()
      const { name, bytes } = rpmDatabase(work.path, 'sqlite', installed)
      return { path: `var/lib/rpm/${name}`, content: bytes }
    }
    const release = { path: 'etc/os-release', content: 'ID="almalinux"\nVERSION_ID="9.4"\n' }
    const root = gzipSync(tarOf([release, await database(packages)]))
    const expected = findingsByRpm(fixes)
    expect(expected.length).toBeGreaterThan(packages.length)
    expect(expected.length).toBeLessThan(fixes.length)
    await createRepository('alma')
    await push('alma', 'v1', [root])
    expect(await findingsOf('alma', 'v1')).toEqual(expected)

    const upgraded = packages.map((each) => (each.name === 'bash' ? { ...each, epoch: 9 } : each))
    await push('alma', 'v2', [root, gzipSync(tarOf([await database(upgraded)]))])
    const mended = expected.filter((line) => line.split(' ')[1] !== 'bash')
    expect(await findingsOf('alma', 'v2')).toEqual(mended)
  },
  patience,
)
