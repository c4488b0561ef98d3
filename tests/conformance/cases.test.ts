import { expect, test } from 'vitest'
import { readCases, readCounts } from './cases.ts'

test('every check is read with how it ended', () => {
  const report = `<testsuites><testsuite name="all" tests="4">
    <testcase name="a/b &#34;c&#34;" classname="" time="0.1" status="passed">
      <system-err>&lt;testcase name=&#34;no&#34; status=&#34;failed&#34;</system-err>
    </testcase>
    <testcase name="d" classname="" status="failure"></testcase>
    <testcase name="e" classname="" status="error"></testcase>
    <testcase name="f &amp;lt;" classname="" status="skipped"></testcase>
  </testsuite></testsuites>`
  expect(readCases(report)).toEqual([
    { name: 'a/b "c"', status: 'passed' },
    { name: 'd', status: 'failed' },
    { name: 'e', status: 'failed' },
    { name: 'f &lt;', status: 'skipped' },
  ])
})

test('the counts at the head leave nothing out, and are zero where they are not named', () => {
  const head = '<testsuites time="1.5" tests="20" errors="1" failures="2" skipped="3" disabled="4">'
  expect(readCounts(head)).toEqual({ passed: 10, failed: 3, skipped: 7 })
  expect(readCounts('<testsuites time="1.5" tests="20">')).toEqual({ passed: 20, failed: 0, skipped: 0 })
})

test("of Ginkgo's report, what stands around the specifications is left out", () => {
  const report = `
    <testcase name="[BeforeSuite]" classname="x" status="passed" time="0"></testcase>
    <testcase name="[It] Push should work" classname="x" status="panicked" time="0"></testcase>`
  expect(readCases(report)).toEqual([{ name: 'Push should work', status: 'failed' }])
})

test('a way to end that nobody knows is not taken for a success', () => {
  expect(() => readCases('<testcase name="a" status="pending"></testcase>')).toThrow('pending')
})
