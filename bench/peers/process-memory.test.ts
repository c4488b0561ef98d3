import { expect, test } from 'vitest'
import { familyOf, memoryOf, parseProcessStatus } from './process-memory.ts'

test('reads sizes in MiB and the parent from what Linux says of a process', () => {
  const text =
    'Name:\tnode\nPid:\t42\nPPid:\t7\nVmPeak:\t 9999999 kB\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\n'
  expect(parseProcessStatus(text)).toEqual({ id: 42, parent: 7, now: 100, peak: 200 })
})

test('a kernel thread has no memory of its own', () => {
  expect(parseProcessStatus('Name:\tkthreadd\nPid:\t2\nPPid:\t0\n')).toMatchObject({ now: 0, peak: 0 })
})

test('a family is a process with its children and theirs, and nobody else', () => {
  const all = [
    { id: 1, parent: 0 },
    { id: 10, parent: 1 },
    { id: 11, parent: 10 },
    { id: 12, parent: 11 },
    { id: 20, parent: 1 },
  ].map((status) => ({ ...status, now: 1, peak: 1 }))
  expect(familyOf(10, all).map(({ id }) => id)).toEqual([10, 11, 12])
})

test('this very process holds memory, and never more than its peak', async () => {
  const { now, peak } = await memoryOf(process.pid)
  expect(now).toBeGreaterThan(1)
  expect(peak).toBeGreaterThanOrEqual(now)
})
