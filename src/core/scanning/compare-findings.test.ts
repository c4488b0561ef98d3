import { expect, test } from 'vitest'
import { compareFindings } from './compare-findings.ts'
import type { Finding } from './finding.ts'

function finding(name: string, packageVersion = '1'): Finding {
  const facts = { advisories: [], severity: 'HIGH', cvss: [], format: 'dpkg', installed: [] } as const
  return { name, packageName: 'curl', packageVersion, firstObservedAt: 0, ...facts }
}

test('what only one has is told, and what both have is told as the second has it', () => {
  const [gone, kept, fresh] = [finding('CVE-1'), finding('CVE-2'), finding('CVE-3')]
  const upgraded = finding('CVE-2', '2')
  expect(compareFindings([gone, kept], [upgraded, fresh])).toEqual({
    added: [fresh],
    removed: [gone],
    kept: [upgraded],
  })
})
