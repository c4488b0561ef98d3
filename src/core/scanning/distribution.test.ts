import { expect, test } from 'vitest'
import { feedOf, readOsRelease } from './distribution.ts'

test('an os-release is read as a shell would', () => {
  const text =
    '# who\nID=debian\nVERSION_ID="12"\nPRETTY_NAME=\'Debian "bookworm"\'\nHOME_URL="https://x/?a=b"\n'
  expect(readOsRelease(text)).toEqual({ id: 'debian', versionId: '12', name: 'Debian "bookworm"' })
  expect(readOsRelease('NAME=nothing')).toBeUndefined()
})

test.each([
  ['debian', '12', ['Debian:12']],
  ['debian', '', undefined],
  ['ubuntu', '24.04', ['Ubuntu:24.04:LTS', 'Ubuntu:24.04']],
  ['alpine', '3.19.1', ['Alpine:v3.19']],
  ['almalinux', '9.4', ['AlmaLinux:9']],
  ['rocky', '9.3', ['Rocky Linux:9']],
  ['opensuse-leap', '15.6', ['openSUSE:Leap 15.6']],
  ['gentoo', '2', undefined],
])('%s %s has the advisories of %j', (id, versionId, ecosystems) => {
  expect(feedOf({ id, versionId, name: id })?.ecosystems).toEqual(ecosystems)
})
