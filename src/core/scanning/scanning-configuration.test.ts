import { describe, expect, test } from 'vitest'
import { type ScanningConfiguration, scanningOf } from './scanning-configuration.ts'

function of(configuration: ScanningConfiguration, name: string, scanOnPush = false) {
  const { frequency, filters } = scanningOf(configuration, { name, scanOnPush })
  return [frequency, ...filters]
}

// Amazon ECR user guide, "Filters to choose which repositories are scanned"
describe.each([
  ['prod', ['prod', 'repo-prod', 'prod-repo', 'repo-prod-repo', 'prodrepo']],
  ['*prod', ['prod', 'repo-prod']],
  ['prod*', ['prod', 'prod-repo', 'prodrepo']],
  ['*prod*', ['prod', 'repo-prod', 'prod-repo', 'repo-prod-repo', 'prodrepo']],
  ['prod*repo', ['prod-repo', 'prodrepo']],
])('the filter %s', (filter, fitting) => {
  test.each(['prod', 'repo-prod', 'prod-repo', 'repo-prod-repo', 'prodrepo'])('on %s', (name) => {
    const rule = { frequency: 'SCAN_ON_PUSH', filters: [filter] } as const
    const [frequency] = of({ type: 'BASIC', rules: [rule] }, name)
    expect(frequency).toBe(fitting.includes(name) ? 'SCAN_ON_PUSH' : 'MANUAL')
  })
})

test('continuous scanning comes before scanning on push, with all filters of its own that fit', () => {
  const rules = [
    { frequency: 'SCAN_ON_PUSH', filters: ['app'] },
    { frequency: 'CONTINUOUS_SCAN', filters: ['team', 'other', 'team/*'] },
  ] as const
  expect(of({ type: 'ENHANCED', rules }, 'team/app')).toEqual(['CONTINUOUS_SCAN', 'team', 'team/*'])
  expect(of({ type: 'ENHANCED', rules }, 'app')).toEqual(['SCAN_ON_PUSH', 'app'])
})

test("a repository's own flag counts in basic scanning alone", () => {
  expect(of({ type: 'BASIC', rules: [] }, 'app', true)).toEqual(['SCAN_ON_PUSH'])
  expect(of({ type: 'ENHANCED', rules: [] }, 'app', true)).toEqual(['MANUAL'])
  expect(of({ type: 'BASIC', rules: [] }, 'app')).toEqual(['MANUAL'])
})
