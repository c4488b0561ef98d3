import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Advisory } from './advisory.ts'
import { InvalidAdvisoryError, readAdvisory } from './read-advisory.ts'
import type { CvssScore } from './severity.ts'

const vector = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
const score = (text: string): CvssScore | undefined =>
  text === vector ? { version: '3.1', vector, score: 9.8 } : undefined

function read(record: object): Advisory {
  const advisory = readAdvisory({ modified: '2026-01-02T03:04:05Z', ...record }, score)
  if (advisory === undefined) throw new Error('The record is no advisory')
  return advisory
}

function affectedBy(fixed: string, ecosystem = 'AlmaLinux:9') {
  const range = { type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }
  return [{ package: { ecosystem, name: 'nodejs' }, ranges: [range] }]
}

describe('what an advisory is about', () => {
  test.each([
    ['its own name', { id: 'CVE-2026-1' }, ['CVE-2026-1']],
    ['the CVE upstream', { id: 'DEBIAN-CVE-2026-1', upstream: ['CVE-2026-1'] }, ['CVE-2026-1']],
    [
      'the alias',
      { id: 'GHSA-aaaa', aliases: ['CVE-2026-1', 'PYSEC-1'], related: ['CVE-2026-2'] },
      ['CVE-2026-1'],
    ],
    [
      'all of a bulletin',
      { id: 'ALSA-2026:1', related: ['CVE-2026-1', 'CVE-2026-2'] },
      ['CVE-2026-1', 'CVE-2026-2'],
    ],
    ['itself, without a CVE', { id: 'ALSA-2026:2', related: [] }, ['ALSA-2026:2']],
  ])('%s', (_, record, names) => {
    expect(read(record).names).toEqual(names)
  })

  test('nothing, when it was withdrawn or only mends a fault', () => {
    const modified = '2026-01-02T03:04:05Z'
    expect(readAdvisory({ id: 'CVE-2026-1', modified, withdrawn: modified }, score)).toBeUndefined()
    expect(readAdvisory({ id: 'ALBA-2026:1', modified }, score)).toBeUndefined()
  })
})

describe('how bad it is', () => {
  test.each([
    ['its vector', { severity: [{ type: 'CVSS_V3', score: vector }] }, {}, undefined],
    ["Debian's urgency", {}, { ecosystem_specific: { urgency: 'low' } }, 'low'],
    ["Ubuntu's priority", { severity: [{ type: 'Ubuntu', score: 'medium' }] }, {}, 'medium'],
    ["AlmaLinux's first word", { summary: 'Important: nodejs:18 security update' }, {}, 'Important'],
    ["GitHub's", { database_specific: { severity: 'MODERATE' } }, {}, 'MODERATE'],
  ])('is said by %s', (by, record, members, word) => {
    const [entry] = affectedBy('1.2-3')
    const { affected } = read({ id: 'CVE-2026-1', ...record, affected: [{ ...entry, ...members }] })
    const cvss = by === 'its vector' ? [{ version: '3.1', vector, score: 9.8 }] : []
    expect(affected[0]?.rating).toEqual({ cvss, word })
  })
})

test('a fix for one stream of a module is for that stream alone', () => {
  const summary = 'Important: nodejs:18 security update'
  const modular = read({
    id: 'ALSA-1',
    summary,
    affected: affectedBy('1:18.14.2-2.module_el9.1.0+33+4f78d2be'),
  })
  expect(modular.affected[0]?.module).toBe('nodejs:18')
  const plain = read({
    id: 'ALSA-2',
    summary: 'Important: nodejs update',
    affected: affectedBy('1:16.1-1.el9'),
  })
  expect(plain.affected[0]?.module).toBeUndefined()
})

test("Python's names are those that pip compares", () => {
  const affected = [{ package: { ecosystem: 'PyPI', name: 'Zope.Interface_x' } }]
  expect(read({ id: 'PYSEC-1', affected }).affected[0]?.name).toBe('zope-interface-x')
})

test('ranges of commits are left out, and a record without packages is about none', () => {
  const [entry] = affectedBy('1')
  const git = { ...entry, ranges: [{ type: 'GIT', events: [{ introduced: '0' }] }] }
  expect(read({ id: 'CVE-2026-1', affected: [git, {}, { package: {} }] }).affected).toMatchObject([
    { ranges: [] },
  ])
})

test('whatever JSON comes, it is read or refused', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.dictionary(fc.constantFrom('affected', 'severity', 'aliases'), fc.jsonValue()),
      (value, members) => {
        for (const record of [value, { id: 'X-1', modified: '2026-01-01', ...members }]) {
          try {
            readAdvisory(record, score)
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidAdvisoryError)
          }
        }
      },
    ),
  )
})
