import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compareApk } from './apk-order.ts'
import { compareDpkg } from './dpkg-order.ts'
import { compareMaven } from './maven-order.ts'
import type { VersionOrder } from './order.ts'
import { comparePep440 } from './pep440-order.ts'
import { compareRpm } from './rpm-order.ts'
import { compareSemver } from './semver-order.ts'
import { dpkgVersions, rpmVersions, versionsOf } from './testing/any-version.ts'

/** Each line in its order; versions on one line, divided by spaces, are equal. */
const ladders: Record<string, readonly [VersionOrder, string]> = {
  dpkg: [
    compareDpkg,
    `1.0~~-1 | 1.0~-1 | 1.0~rc1-1 | 1.0~rc1-1+deb12u1 | 1.0-1~bpo12+1 | 1.0-1~deb12u1 | 1.0-1 | 1.0A-1 | 1.0a-1 | 1.0+-1 |
     1.0.1-1 1.0.01-1 | 1.2 1.2-0 0:1.2 | 1.10.0-3+b1 | 1.10.0-3+deb12u1 | 5.4.1-1+deb12u1 | 5.4.1-1.1 |
     7.88.1-10+deb12u5 | 7.88.1-10+deb12u15 | 9.0-1 | 9.0-1-1 | 22.01+really26.02+dfsg-0+deb12u1 | 26.01-1 |
     18446744073709551617 | 18446744073709551618 | 1:0.9-1`,
  ],
  rpm: [
    compareRpm,
    `1.0~rc1-1 | 1.0~rc1^git1-1 | 1.0-1.el9 | 1.0-1.el9.alma.1 | 1.0-1.el9_2.1 | 1.0-1.el9_4.alma.1 | 1.0-1.el9_4.1 | 1.0-1.el10 |
     1.0^git1-1 | 1.0a-1 | 1.0.git-1 1.0+git-1 | 1.0.0-1 | 1.0.1-1 | 1.5-1 1.05-1 0:1.5-1 | 1.9-1 | 1.10-1 |
     4.18.0-553.el8_10 | 4.18.0-553.5.1.el8_10 | 1:1.0-1`,
  ],
  // No apk runs here. All 728 verdicts of apk-tools' test/version.data, which isn't copied, were compared once and held.
  apk: [
    compareApk,
    `0.1.0_alpha_pre2 | 0.1.0_alpha | 0.1.0 | 0.12.01 | 0.12.1 | 1.0_alpha2 | 1.0_beta | 1.0_pre1 | 1.0_rc1 | 1.0 | 1.0-r0 | 1.0-r1 | 1.0-r10 |
     1.0_cvs1 | 1.0_git20240101 | 1.0_p1 | 1.0_p10-r3 | 1.0a | 1.0b | 1.0.0 | 1.0.1 | 1.02 | 1.2 | 1.10 | 2.001 | 2.01 | 2.1`,
  ],
  semver: [
    compareSemver,
    `1.0.0-alpha | 1.0.0-alpha.1 | 1.0.0-alpha.beta | 1.0.0-beta | 1.0.0-beta.2 | 1.0.0-beta.11 | 1.0.0-rc.1 |
     1.0.0 v1.0.0 1.0 1.0.0+build | 1.0.1-0.20240101000000-abcdef012345 | 1.0.1 | 1.2.0 | 1.10.0 | go1.22rc1 1.22.0-rc.1 | go1.22 |
     v2.0.0+incompatible 2.0.0`,
  ],
  pep440: [
    comparePep440,
    `1.0.dev456 | 1.0a1 1.0.alpha.1 | 1.0a2.dev456 | 1.0a12.dev456 | 1.0a12 | 1.0b1.dev456 | 1.0b2 | 1.0b2.post345.dev456 | 1.0b2.post345 |
     1.0rc1.dev456 | 1.0rc1 1.0c1 1.0-preview1 | 1.0 1 v1.0.0 | 1.0+abc.5 | 1.0+abc.7 | 1.0+5 | 1.0.post456.dev34 |
     1.0.post456 1.0-456 1.0.r456 | 1.1.dev1 | 1.10 | 1!0.1`,
  ],
  maven: [
    compareMaven,
    `1-alpha | 1-alpha-2 1-a2 | 1-alpha-10 | 1-beta-1 1b1 | 1-m3 1-milestone-3 | 1-rc1 1-cr1 | 1-SNAPSHOT | 1 1.0 1.0.0 1.ga 1-final 1-release |
     1-sp | 1-constructor | 1-foo | 1-1 | 1-2 | 1.0.1 | 1.2 | 1.10 | 2.0-alpha | 2`,
  ],
}

describe.each(Object.entries(ladders))("the reference's verdicts for %s", (_, [compare, ladder]) => {
  const rungs = ladder.split('|').map((rung) => rung.trim().split(/\s+/))

  test('hold for each pair of the ladder', () => {
    for (const [low, lower] of rungs.entries()) {
      for (const [high, higher] of rungs.entries()) {
        const wrong = lower.flatMap((one) =>
          higher
            .filter((other) => Math.sign(compare(one, other)) !== Math.sign(low - high))
            .map((other) => `${one} and ${other}`),
        )
        expect(wrong).toEqual([])
      }
    }
  })
})

const any = fc.string({ maxLength: 12 })
const orders: readonly (readonly [string, VersionOrder, fc.Arbitrary<string>])[] = [
  ['dpkg', compareDpkg, fc.oneof(dpkgVersions, any)],
  ['rpm', compareRpm, fc.oneof(rpmVersions, any)],
  ['apk', compareApk, fc.oneof(versionsOf('0 00 1 01 10 . _alpha _rc _p _git a b -r'.split(' ')), any)],
  ['semver', compareSemver, fc.oneof(versionsOf('0 1 10 . - + rc beta v'.split(' ')), any)],
  ['pep440', comparePep440, fc.oneof(versionsOf('0 1 10 . ! a rc .post .dev + x'.split(' ')), any)],
  [
    'maven',
    compareMaven,
    fc
      .array(fc.constantFrom('0', '1', '10', '2'), { minLength: 1, maxLength: 4 })
      .chain((numbers) =>
        fc
          .constantFrom('', '-alpha-1', '-rc2', '-SNAPSHOT', '-sp1', '-foo')
          .map((end) => numbers.join('.') + end),
      ),
  ],
]

describe.each(orders)('the order of %s', (_, compare, version) => {
  const holds = (property: (a: string, b: string, c: string) => boolean) =>
    fc.assert(fc.property(version, version, version, property), { numRuns: 2_000 })

  test('says the opposite the other way round', () => {
    holds((a, b) => Math.sign(compare(a, b)) === -Math.sign(compare(b, a)) && compare(a, a) === 0)
  })

  test('is total: what comes before the earlier comes before the later', () => {
    holds((...three) => {
      const [a, b, c] = three.toSorted(compare) as [string, string, string]
      return compare(a, b) <= 0 && compare(b, c) <= 0 && compare(a, c) <= 0
    })
  })

  test('treats equals alike', () => {
    holds((a, b, c) => compare(a, b) !== 0 || Math.sign(compare(a, c)) === Math.sign(compare(b, c)))
  })
})
