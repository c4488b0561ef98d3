import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../../names/digest.ts'
import type { CvssScore } from '../severity.ts'
import { InvalidTrivyReportError, readTrivyReport } from './read-trivy-report.ts'

const base = digestOf('sha256', 'a'.repeat(64))
const app = digestOf('sha256', 'b'.repeat(64))
const layers = [base, app] as const
const score = (vector: string): CvssScore | undefined =>
  vector.startsWith('CVSS:3.1') ? { version: '3.1', vector, score: 7.5 } : undefined

/** In the words of Trivy's documentation. */
const report = {
  SchemaVersion: 2,
  ArtifactName: '/tmp/layout',
  ArtifactType: 'container_image',
  Metadata: { OS: { Family: 'debian', Name: '12.5' }, DiffIDs: ['sha256:one', 'sha256:two'] },
  Results: [
    {
      Target: '/tmp/layout (debian 12.5)',
      Class: 'os-pkgs',
      Type: 'debian',
      Vulnerabilities: [
        {
          VulnerabilityID: 'CVE-2024-0001',
          PkgID: 'libssl3@3.0.9-1',
          PkgName: 'libssl3',
          InstalledVersion: '3.0.9-1',
          FixedVersion: '3.0.11-1',
          Status: 'fixed',
          Layer: { Digest: base, DiffID: 'sha256:one' },
          SeveritySource: 'debian',
          PrimaryURL: 'https://avd.aquasec.com/nvd/cve-2024-0001',
          Title: 'openssl: a fault',
          Description: 'A fault in openssl.',
          Severity: 'HIGH',
          CVSS: { nvd: { V2Vector: 'AV:N', V3Vector: 'CVSS:3.1/AV:N', V3Score: 7.5 } },
          References: ['https://openssl.org'],
          PublishedDate: '2024-01-02T03:04:05Z',
          LastModifiedDate: '2024-02-03T04:05:06Z',
        },
        { VulnerabilityID: 'CVE-2024-0002', PkgName: 'zlib1g', InstalledVersion: '1', Severity: 'UNKNOWN' },
      ],
    },
    { Target: 'none here', Class: 'os-pkgs', Type: 'debian' },
    {
      Target: 'Node.js',
      Class: 'lang-pkgs',
      Type: 'node-pkg',
      Vulnerabilities: [
        {
          VulnerabilityID: 'GHSA-x',
          PkgName: 'left-pad',
          PkgPath: 'app/node_modules/left-pad/package.json',
          InstalledVersion: '1.0.0',
          Layer: { DiffID: 'sha256:two' },
          Severity: 'CRITICAL',
        },
      ],
    },
    {
      Target: 'app/Gemfile.lock',
      Class: 'lang-pkgs',
      Type: 'bundler',
      Vulnerabilities: [
        { VulnerabilityID: 'CVE-2024-0003', PkgName: 'rack', InstalledVersion: '1', Severity: 'LOW' },
      ],
    },
  ],
}

test('everything that it tells of is a finding of an enhanced scan, worst first', () => {
  const { vulnerabilities, isSupported } = readTrivyReport(report, { type: 'ENHANCED', layers, score })
  expect(isSupported).toBe(true)
  expect(vulnerabilities).toMatchObject([
    {
      name: 'GHSA-x',
      severity: 'CRITICAL',
      format: 'npm',
      installed: [{ path: 'app/node_modules/left-pad/package.json', layer: app }],
    },
    {
      name: 'CVE-2024-0001',
      advisories: ['trivy:CVE-2024-0001'],
      severity: 'HIGH',
      cvss: [{ version: '3.1', score: 7.5 }],
      format: 'dpkg',
      packageName: 'libssl3',
      packageVersion: '3.0.9-1',
      fixedIn: '3.0.11-1',
      installed: [{ name: 'libssl3', layer: base }],
    },
    { name: 'CVE-2024-0003', severity: 'LOW', format: 'other', packageName: 'rack' },
    { name: 'CVE-2024-0002', severity: 'UNDEFINED', packageName: 'zlib1g' },
  ])
})

test('a basic scan looks at what the distribution has', () => {
  const { vulnerabilities, words } = readTrivyReport(report, { type: 'BASIC', layers, score })
  expect(vulnerabilities.map(({ name }) => name)).toEqual(['CVE-2024-0001', 'CVE-2024-0002'])
  expect(words[0]).toEqual({
    id: 'trivy:CVE-2024-0001',
    modified: new Date('2024-02-03T04:05:06Z'),
    published: new Date('2024-01-02T03:04:05Z'),
    names: ['CVE-2024-0001'],
    description: 'A fault in openssl.',
    url: 'https://avd.aquasec.com/nvd/cve-2024-0001',
    references: ['https://openssl.org'],
    affected: [],
  })
})

describe('what Trivy 0.74.0 printed of a Debian 12 with programs of its own', () => {
  const recorded = JSON.parse(
    readFileSync(new URL('./testing/recorded-report.json', import.meta.url), 'utf8'),
  )
  const system = digestOf('sha256', '9d61c672aaf0d09222e9b78e147733d4b4e7b7bd11328ad429ffd03ad131ec60')
  const programs = digestOf('sha256', '0e9b3e9dd084fce837c23a40952384ae3ff25f3d698c4f4e8de62d790dbd9f16')
  const read = (type: 'BASIC' | 'ENHANCED') =>
    readTrivyReport(recorded, { type, layers: [system, programs], score })

  test('is of the layers that have the packages', () => {
    expect(read('ENHANCED').vulnerabilities).toMatchObject([
      {
        name: 'CVE-2021-44906',
        severity: 'CRITICAL',
        cvss: [{ version: '3.1', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
        format: 'npm',
        packageName: 'minimist',
        fixedIn: '1.2.6',
        installed: [{ path: 'app/node_modules/minimist/package.json', layer: programs }],
      },
      { name: 'CVE-2024-22195', severity: 'MEDIUM', format: 'pypi', installed: [{ layer: programs }] },
      { name: 'CVE-2025-15649', severity: 'LOW', format: 'dpkg', installed: [{ layer: system }] },
      { name: 'CVE-2026-109518', packageName: 'apt', fixedIn: '2.6.2', installed: [{ layer: system }] },
    ])
  })

  test('is told in its words, or by its title where it has none', () => {
    const { vulnerabilities, words } = read('BASIC')
    expect(vulnerabilities.map(({ packageName }) => packageName)).toEqual(['perl-base', 'apt'])
    expect(words[1]).toMatchObject({
      description: 'CVE-2026-109518: something',
      url: 'https://avd.aquasec.com/nvd/cve-2026-109518',
      references: ['https://security-tracker.debian.org/tracker/CVE-2026-109518'],
    })
  })
})

test.each([
  ['centos-stream', 'rpm'],
  ['sles', 'rpm'],
  ['echo', 'dpkg'],
  ['conda-pkg', 'pypi'],
])('packages of %s are of %s', (Type, format) => {
  const [first] = report.Results
  const results = { ...report, Results: [{ ...first, Type }] }
  const [found] = readTrivyReport(results, { type: 'ENHANCED', layers, score }).vulnerabilities
  expect(found?.format).toBe(format)
})

describe('an image', () => {
  test('without findings is supported when Trivy knows its distribution', () => {
    const { Results: _, ...clean } = report
    expect(readTrivyReport(clean, { type: 'BASIC', layers, score }).isSupported).toBe(true)
    expect(readTrivyReport({ SchemaVersion: 2 }, { type: 'BASIC', layers, score }).isSupported).toBe(false)
  })

  test.each([null, {}, { SchemaVersion: 3 }, []])('%j is no report', (value) => {
    expect(() => readTrivyReport(value, { type: 'BASIC', layers, score })).toThrow(InvalidTrivyReportError)
  })
})
