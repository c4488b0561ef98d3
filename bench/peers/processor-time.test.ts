import { expect, test } from 'vitest'
import { parseProcessorTime } from './processor-time.ts'

test('processor time is what a process and the system took for it, whatever the process is called', () => {
  const rest = 'S 1 2 3 0 -1 4194560 100 0 0 0 250 31 7 9 20 0 11 0 1000'
  expect(parseProcessorTime(`42 (node) ${rest}`)).toBe(2810)
  expect(parseProcessorTime(`42 (a) b (c 9 9) ${rest}`)).toBe(2810)
})
