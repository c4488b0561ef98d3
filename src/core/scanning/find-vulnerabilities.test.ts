import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOf } from '../names/digest.ts'
import type { AffectedPackage } from './advisory.ts'
import { affects, fixAfter } from './affects.ts'
import { type DistributionFeed, feedOf } from './distribution.ts'
import { type AdvisoryEntry, faultsOf, findVulnerabilities, groupBySubject } from './find-vulnerabilities.ts'
import type { InstalledPackage } from './installed-package.ts'
import { compareSeverity, type Rating, severities } from './severity.ts'
import { compareDpkg } from './versions/dpkg-order.ts'

const layer = digestOf('sha256', '0'.repeat(64))
const debian = feed('debian', '12')

function feed(id: string, versionId: string): DistributionFeed {
  const found = feedOf({ id, versionId, name: id })
  if (found === undefined) throw new Error(`No feed for ${id}`)
  return found
}

function dpkg(name: string, version: string, source?: InstalledPackage['source']): InstalledPackage {
  return { format: 'dpkg', name, version, path: 'var/lib/dpkg/status', layer, ...(source && { source }) }
}

function entry(
  name: string,
  fixed: string,
  more: { id?: string; names?: string[]; rating?: Rating; module?: string; ecosystem?: string } = {},
): AdvisoryEntry {
  const {
    id = `A-${name}`,
    names = ['CVE-2026-1'],
    rating = { cvss: [] },
    ecosystem = 'Debian:12',
    module,
  } = more
  const ranges = [[{ type: 'introduced', version: '0' } as const, { type: 'fixed', version: fixed } as const]]
  return { id, names, affected: { ecosystem, name, ranges, versions: [], module, rating } }
}

function find(packages: InstalledPackage[], entries: AdvisoryEntry[], known = debian) {
  const entriesOf = (ecosystem: string, name: string) =>
    entries.filter(({ affected }) => affected.ecosystem === ecosystem && affected.name === name)
  return findVulnerabilities(groupBySubject(packages, known), ({ subject }) => faultsOf(subject, entriesOf))
}

test('a crate of Rust is judged by the advisories of crates.io', () => {
  const time: InstalledPackage = {
    format: 'cargo',
    name: 'time',
    version: '0.1.43',
    path: 'usr/bin/app',
    layer,
  }
  const record = entry('time', '0.2.23', { ecosystem: 'crates.io', names: ['CVE-2020-26235'] })
  expect(find([time], [record])).toMatchObject([{ name: 'CVE-2020-26235', fixedIn: '0.2.23' }])
  expect(find([{ ...time, version: '0.2.23' }], [record])).toEqual([])
})

describe('a package of Debian', () => {
  test('is judged by the version of its source, not by its own', () => {
    const source = { name: 'util-linux', version: '2.38.1-5+deb12u3' }
    const bsdutils = dpkg('bsdutils', '1:2.38.1-5+deb12u3', source)
    expect(find([bsdutils], [entry('util-linux', '2.38.1-5+deb12u3')])).toEqual([])
    expect(find([bsdutils], [entry('util-linux', '2.38.1-5+deb12u4')])).toMatchObject([
      { packageName: 'util-linux', packageVersion: '2.38.1-5+deb12u3', fixedIn: '2.38.1-5+deb12u4' },
    ])
  })

  test('is found once with all that was built from the same source', () => {
    const source = { name: 'openssl', version: '3.0.9-1' }
    const found = find(
      [dpkg('openssl', '3.0.9-1'), dpkg('libssl3', '3.0.9-1', source)],
      [entry('openssl', '3.0.10-1')],
    )
    expect(found.map(({ installed }) => installed.map(({ name }) => name))).toEqual([['openssl', 'libssl3']])
  })

  test('has nothing to do with another release, or another distribution', () => {
    const other = entry('curl', '9', { ecosystem: 'Debian:13' })
    expect(find([dpkg('curl', '7.88.1-10')], [other])).toEqual([])
    expect(find([dpkg('curl', '7.88.1-10')], [entry('curl', '9')], feed('almalinux', '9.4'))).toEqual([])
  })

  test('that two advisories name has one vulnerability, with the worse severity and the later fix', () => {
    const found = find(
      [dpkg('curl', '1')],
      [
        entry('curl', '2', { id: 'A', rating: { cvss: [], word: 'low' } }),
        entry('curl', '3', { id: 'B', rating: { cvss: [], word: 'high' } }),
      ],
    )
    expect(found).toMatchObject([
      { name: 'CVE-2026-1', severity: 'HIGH', fixedIn: '3', advisories: ['A', 'B'] },
    ])
  })
})

test('a module stream has its own fixes, and so has what belongs to none', () => {
  const rpm = (version: string, module?: string): InstalledPackage => ({
    format: 'rpm',
    name: 'nodejs',
    version,
    path: 'rpmdb',
    layer,
    ...(module && { module }),
  })
  const of = (fixed: string, name: string, module?: string) =>
    entry('nodejs', fixed, { ecosystem: 'AlmaLinux:9', names: [name], ...(module && { module }) })
  const entries = [
    of('1:20.9.0-1.module_el9', 'CVE-20', 'nodejs:20'),
    of('1:18.14.2-2.module_el9', 'CVE-18', 'nodejs:18'),
    of('1:16.20.2-1.el9', 'CVE-16'),
  ]
  const names = (pkg: InstalledPackage) =>
    find([pkg], entries, feed('almalinux', '9.4')).map(({ name }) => name)
  expect(names(rpm('1:18.14.1-1.module_el9', 'nodejs:18'))).toEqual(['CVE-18'])
  expect(names(rpm('1:16.20.0-1.el9'))).toEqual(['CVE-16'])
})

test('the worst come first, then those with the lesser name', () => {
  const word = fc.constantFrom('critical', 'high', 'medium', 'low', 'unimportant', 'not yet assigned')
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.nat(50)), { maxLength: 20 }), (list) => {
      const found = find(
        [dpkg('curl', '1')],
        list.map(([rating, number], at) =>
          entry('curl', '2', {
            id: `A-${at}`,
            names: [`CVE-${number + 10}`],
            rating: { cvss: [], word: rating },
          }),
        ),
      )
      expect(found).toHaveLength(new Set(list.map(([, number]) => number)).size)
      expect(found).toEqual(
        found.toSorted((a, b) => compareSeverity(a.severity, b.severity) || Number(a.name > b.name) * 2 - 1),
      )
      expect(found.every(({ severity }) => severities.includes(severity))).toBe(true)
    }),
  )
})

describe('ranges of versions', () => {
  const affected = (...events: string[]): Pick<AffectedPackage, 'ranges' | 'versions'> => ({
    versions: [],
    ranges: [
      events.map((event) => {
        const [type, version = ''] = event.split(' ')
        return { type: type as 'introduced', version }
      }),
    ],
  })

  test.each([
    [['introduced 0', 'fixed 2'], '1', true, '2'],
    [['introduced 0', 'fixed 2'], '2', false, undefined],
    [['introduced 1', 'fixed 2'], '0.9', false, '2'],
    [['introduced 0', 'fixed 0'], '5', false, undefined],
    [['introduced 0'], '5', true, undefined],
    [['introduced 1', 'last_affected 2'], '2', true, undefined],
    [['introduced 1', 'last_affected 2'], '2.1', false, undefined],
    [['fixed 4', 'introduced 3', 'fixed 2', 'introduced 1'], '2.5', false, '4'],
    [['fixed 4', 'introduced 3', 'fixed 2', 'introduced 1'], '3', true, '4'],
    [['introduced 0', 'limit 3'], '2', true, undefined],
    [['introduced 0', 'limit 3'], '3', false, undefined],
  ])('%j hold %s: %s', (events, version, expected, fix) => {
    expect(affects(affected(...events), version, compareDpkg)).toBe(expected)
    expect(fixAfter(affected(...events), version, compareDpkg)).toBe(fix)
  })

  test('may list single versions', () => {
    expect(affects({ ranges: [], versions: ['1.0', '1.1'] }, '1.1', compareDpkg)).toBe(true)
    expect(affects({ ranges: [], versions: ['1.0', '1.1'] }, '1.2', compareDpkg)).toBe(false)
  })
})
