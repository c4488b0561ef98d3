import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  type ECRClient,
} from '@aws-sdk/client-ecr'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { osvRecord } from '../support/advisories.ts'
import { BERTH, type BerthProcess, startBerthProcess } from '../support/berth-process.ts'
import { outputOf, runProgram } from '../support/client.ts'
import { ecrClientOf, logIn } from '../support/ecr-client.ts'
import { pullImage } from '../support/pull-image.ts'
import { pushImage } from '../support/push-image.ts'
import { tarOf } from '../support/tar.ts'
import { blob, imageOf, type TestImage } from '../support/test-image.ts'

const repositoryName = 'team/app'
const openssl = { ecosystem: 'Debian:12', name: 'openssl', fixed: '3.0.11-1' }
const advisories = [
  osvRecord('DEBIAN-CVE-2026-1', [openssl], {
    upstream: ['CVE-2026-1'],
    database_specific: { severity: 'critical' },
  }),
  osvRecord('DEBIAN-CVE-2026-2', [{ ecosystem: 'Debian:12', name: 'curl' }], {
    upstream: ['CVE-2026-2'],
    database_specific: { severity: 'low' },
  }),
]

function debian(packages: Readonly<Record<string, string>>): TestImage {
  const stanzas = Object.entries(packages).map(
    ([name, version]) => `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\n`,
  )
  const layer = tarOf([
    { path: 'etc/os-release', content: 'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian 12"\n' },
    { path: 'var/lib/dpkg/status', content: stanzas.join('\n') },
  ])
  return imageOf({ os: 'linux', architecture: 'amd64' }, [blob(layer)])
}

let berth: BerthProcess
let ecr: ECRClient
beforeAll(async () => {
  berth = await startBerthProcess()
  ecr = await ecrClientOf(berth)
  const file = await fileOf('advisories.json', JSON.stringify(advisories))
  await outputOf(...command('advisories', 'import', file))
  await ecr.send(new CreateRepositoryCommand({ repositoryName }))
  const access = await logIn(berth, ecr)
  await pushImage(access, repositoryName, 'v1', debian({ openssl: '3.0.9-1', curl: '7.88' }))
  await pushImage(access, repositoryName, 'v2', debian({ openssl: '3.0.11-1', curl: '7.88' }))
})
afterAll(async () => {
  ecr.destroy()
  await berth[Symbol.asyncDispose]()
})

function command(...args: readonly string[]): readonly [string, string[]] {
  return [process.execPath, [BERTH, ...args, '--data-dir', berth.dataDir]]
}

async function fileOf(name: string, content: string): Promise<string> {
  const path = join(berth.dataDir, name)
  await writeFile(path, content)
  return path
}

describe('berth scan', () => {
  test('scans, waits, and prints what is wrong, worst first', async () => {
    const printed = await outputOf(...command('scan', 'team/app:v1'))
    const cells = printed.split('\n').map((line) => line.split(/ {2,}/).slice(0, 5))
    expect(cells).toEqual([
      ['SEVERITY', 'VULNERABILITY', 'PACKAGE', 'VERSION', 'FIXED IN'],
      ['CRITICAL', 'CVE-2026-1', 'openssl', '3.0.9-1', '3.0.11-1'],
      ['LOW', 'CVE-2026-2', 'curl', '7.88', '-'],
      [''],
      ['Findings: 1 CRITICAL, 1 LOW'],
      [expect.stringMatching(/^By advisories of /)],
    ])
  })

  test.each([
    ['v1', ['--fail-on', 'HIGH'], 3],
    ['v2', ['--fail-on', 'HIGH'], 0],
    ['v2', ['--fail-on', 'LOW'], 3],
    ['v2', ['--fail-on', 'LOW', '--ignore-unfixed'], 0],
    ['v1', ['--fail-on', 'AWFUL'], 2],
    ['v9', [], 1],
  ])('of %s with %j has the exit status %i', async (tag, flags, status) => {
    expect(await runProgram(...command('scan', `team/app:${tag}`, ...flags))).toMatchObject({
      exitCode: status,
    })
  })
})

test('berth findings tells what differs and where a vulnerability is', async () => {
  for (const tag of ['v1', 'v2']) await outputOf(...command('scan', `team/app:${tag}`))
  const diff = JSON.parse(await outputOf(...command('findings', 'diff', 'team/app:v1', ':v2', '--json')))
  expect(diff).toMatchObject({ added: [], removed: [{ vulnerabilityName: 'CVE-2026-1' }], keptCount: 1 })
  const where = JSON.parse(await outputOf(...command('findings', 'where', 'CVE-2026-2', '--json')))
  expect(where).toMatchObject({ imageCount: 2, places: [{ repositoryName }, { repositoryName }] })
  expect(await outputOf(...command('findings', 'where', 'CVE-2026-1'))).toMatch(
    /team\/app +v1 .+\n\n1 image in all/,
  )
})

test('a gate refuses at both doors and names what it is for, until that is accepted', async () => {
  await outputOf(...command('scan', 'team/app:v1'))
  const access = await logIn(berth, ecr)
  await pushImage(access, repositoryName, 'v3', debian({ curl: '1' }))
  const set = await outputOf(...command('gate', 'set', repositoryName, '--severity', 'HIGH'))
  expect(set).toContain("HIGH or worse can't be pulled; images that were not scanned can't be pulled either")
  const words = /pull gate stops findings of severity HIGH or worse, which it has: CVE-2026-1 \(openssl\)/
  await expect(pullImage(access, repositoryName, 'v1')).rejects.toThrow(words)
  const asked = new BatchGetImageCommand({
    repositoryName,
    imageIds: [{ imageTag: 'v1' }, { imageTag: 'v3' }],
  })
  expect(await ecr.send(asked)).toMatchObject({
    images: [],
    failures: [
      { failureCode: 'ImageInaccessible', failureReason: expect.stringMatching(words) },
      { failureCode: 'ImageInaccessible', failureReason: expect.stringContaining('it was not scanned yet') },
    ],
  })
  const scope = ['CVE-2026-1', '--repository', repositoryName]
  await outputOf(
    ...command('findings', 'accept', ...scope, '--reason', 'not used', '--expires', '2999-01-01'),
  )
  await pullImage(access, repositoryName, 'v1')
  await outputOf(...command('findings', 'revoke', ...scope))
  await expect(pullImage(access, repositoryName, 'v1')).rejects.toThrow(words)
  const root = 'arn:aws:iam::*:root'
  const except = command('gate', 'set', repositoryName, '--severity', 'HIGH', '--except', root)
  expect(await outputOf(...except)).toContain(`It doesn't stop ${root}.`)
  await pullImage(access, repositoryName, 'v1')
  expect((await ecr.send(asked)).failures).toEqual([])
  expect(await outputOf(...command('gate', 'off', repositoryName))).toContain('Every image can be pulled')
  await pullImage(access, repositoryName, 'v1')
})

test("what is accepted stays in ECR's list, marked, is not counted, and goes out and in as OpenVEX", async () => {
  await outputOf(...command('scan', 'team/app:v1'))
  const flags = ['--reason', 'never called', '--justification', 'vulnerable_code_not_in_execute_path']
  await outputOf(...command('findings', 'accept', 'CVE-2026-1', '--repository', repositoryName, ...flags))
  const imageId = { imageTag: 'v1' }
  const { imageScanFindings } = await ecr.send(
    new DescribeImageScanFindingsCommand({ repositoryName, imageId }),
  )
  expect(imageScanFindings?.findingSeverityCounts).toEqual({ LOW: 1 })
  expect(imageScanFindings?.findings).toMatchObject([
    {
      name: 'CVE-2026-1',
      attributes: expect.arrayContaining([{ key: 'accepted', value: 'never called' }]),
    },
    { name: 'CVE-2026-2' },
  ])
  const { imageDetails = [] } = await ecr.send(
    new DescribeImagesCommand({ repositoryName, imageIds: [imageId] }),
  )
  expect(imageDetails[0]?.imageScanFindingsSummary?.findingSeverityCounts).toEqual({ LOW: 1 })
  expect(await runProgram(...command('scan', 'team/app:v1', '--fail-on', 'HIGH'))).toMatchObject({
    exitCode: 0,
  })

  const vex = await fileOf('out.openvex.json', await outputOf(...command('findings', 'export-vex')))
  expect(JSON.parse(await readFile(vex, 'utf8')).statements).toMatchObject([
    { vulnerability: { name: 'CVE-2026-1' }, status: 'not_affected', impact_statement: 'never called' },
  ])
  await outputOf(...command('findings', 'revoke', 'CVE-2026-1', '--repository', repositoryName))
  expect(await outputOf(...command('findings', 'import-vex', vex))).toBe('1 acceptance made')
  expect(await outputOf(...command('findings', 'accepted'))).toMatch(/CVE-2026-1 +team\/app .* never called/)
  const broken = await runProgram(...command('findings', 'import-vex', await fileOf('no.json', '{}')))
  expect(broken).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('An OpenVEX document is') })
})
