import { expect, test } from 'vitest'
import { parseWrk } from './wrk.ts'

const report = `Running 5s test @ http://127.0.0.1:5000/
  1 threads and 32 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.61ms  410.11us   6.07ms   71.01%
  30000 requests in 5.00s, 24.00MB read
Requests/sec:   6000.25
Transfer/sec:      4.80MB
`

test('the rate is the one wrk tells', () => {
  expect(parseWrk(report)).toBe(6000.25)
})

test.each(['  Non-2xx or 3xx responses: 12', '  Socket errors: connect 0, read 3, write 0, timeout 0'])(
  'a report with "%s" has no rate',
  (line) => {
    expect(() => parseWrk(report.replace('Requests/sec', `${line}\nRequests/sec`))).toThrow(line.trim())
  },
)

test('a report without a rate is an error', () => {
  expect(() => parseWrk('unable to connect')).toThrow('no rate')
})
