import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { expect } from 'vitest'
import { testWith } from '../../../../tests/support/installed-programs.ts'
import { compareDpkg } from './dpkg-order.ts'
import type { VersionOrder } from './order.ts'
import { compareRpm } from './rpm-order.ts'
import { dpkgVersions, rpmVersions } from './testing/any-version.ts'

type Pair = readonly [string, string]

testWith('dpkg')('dpkg says the same of versions put together at random', () => {
  const pairs = fc.sample(fc.tuple(dpkgVersions, dpkgVersions), 300)
  const script = 'while [ $# -gt 0 ]; do dpkg --compare-versions "$1" lt "$2"; echo $?; shift 2; done'
  const answers = execFileSync('sh', ['-c', script, 'sh', ...pairs.flat()], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const isLess = answers
    .trim()
    .split('\n')
    .map((code) => code === '0')
  expect(pairs.map(([a, b], at) => [a, b, isLess[at]])).toEqual(
    pairs.map(([a, b]) => [a, b, compareDpkg(a, b) < 0]),
  )
})

testWith('rpm')('rpm says the same of versions put together at random', () => {
  const pairs = fc.sample(fc.tuple(rpmVersions, rpmVersions), 300)
  const calls = pairs.map(([a, b]) => `print(rpm.vercmp("${a}","${b}") .. " ")`)
  const answers = execFileSync('rpm', ['--eval', `%{lua:${calls.join('')}}`], { encoding: 'utf8' })
  const verdicts = answers.trim().split(/\s+/).map(Number)
  expect(pairs.map(([a, b], at) => [a, b, verdicts[at]])).toEqual(verdictsOf(compareRpm, pairs))
})

function verdictsOf(compare: VersionOrder, pairs: readonly Pair[]): (readonly [string, string, number])[] {
  return pairs.map(([a, b]) => [a, b, Math.sign(compare(a, b))])
}
