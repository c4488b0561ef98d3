import { expect, test } from 'vitest'
import { scoreVector } from './score-vector.ts'

// The scores that FIRST's calculators give.
test.each([
  ['CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N', '4.0', 9.3],
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', '3.1', 9.8],
  ['CVSS:3.0/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:L/A:N', '3.0', 3.3],
  ['AV:L/AC:L/Au:N/C:P/I:P/A:P', '2.0', 4.6],
])('%s is %s and comes to %d', (vector, version, score) => {
  expect(scoreVector(vector)).toEqual({ version, vector, score })
})

test.each(['', 'medium', 'CVSS:3.1/AV:N', 'CVSS:9.9/AV:N', 'CVSS:3.1/AV:Q/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'])(
  '%j is no whole vector',
  (vector) => {
    expect(scoreVector(vector)).toBeUndefined()
  },
)
