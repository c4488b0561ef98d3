import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isFargateSize, readTaskCpu, readTaskMemory } from './task-size.ts'

describe('the CPU units of a task', () => {
  test.each([
    ['128', '128'],
    ['196608', '196608'],
    ['.125 vCPU', '128'],
    ['.5 vCPU', '512'],
    [' 2vcpu ', '2048'],
    ['192 vCPU', '196608'],
  ])('%j are %s', (text, units) => {
    expect(readTaskCpu(text)).toBe(units)
  })

  test.each(['127', '196609', '', '1.5', '.1234 vCPU', '1 GB', '1 vCPUs', '-256', '1e3'])(
    'are not %j',
    (text) => {
      expect(() => readTaskCpu(text)).toThrow("Invalid 'cpu' setting for task.")
    },
  )
})

describe('the memory of a task', () => {
  test.each([
    ['4', '4'],
    ['.5 GB', '512'],
    ['30gb', '30720'],
  ])('%j is %s MiB', (text, mebibytes) => {
    expect(readTaskMemory(text)).toBe(mebibytes)
  })

  test.each(['3', '', '1 vCPU', '1 MB', '.3 GB'])('is not %j', (text) => {
    expect(() => readTaskMemory(text)).toThrow("Invalid 'memory' setting for task.")
  })
})

/** The table of the developer guide, "Task size", Fargate, in GB. */
const offered: readonly (readonly [cpu: number, gigabytes: readonly number[]])[] = [
  [256, [0.5, 1, 2]],
  [512, [1, 2, 3, 4]],
  [1024, [2, 3, 4, 5, 6, 7, 8]],
  [2048, [4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]],
  [4096, Array.from({ length: 23 }, (_, at) => 8 + at)],
  [8192, Array.from({ length: 12 }, (_, at) => 16 + 4 * at)],
  [16_384, Array.from({ length: 12 }, (_, at) => 32 + 8 * at)],
]

test.each(offered)(
  'Fargate has, for %i CPU units, what its guide lists and nothing else',
  (cpu, gigabytes) => {
    const listed = gigabytes.map((amount) => amount * 1024)
    const near = Array.from({ length: 121 * 8 }, (_, at) => at * 128)
    expect(near.filter((memory) => isFargateSize(cpu, memory))).toEqual(listed)
    fc.assert(
      fc.property(fc.nat(125_000), (memory) => isFargateSize(cpu, memory) === listed.includes(memory)),
      { numRuns: 1000 },
    )
  },
)

test.each([0, 128, 300, 1536, 32_768])('Fargate has no tasks of %i CPU units', (cpu) => {
  expect([512, 1024, 2048, 16_384].filter((memory) => isFargateSize(cpu, memory))).toEqual([])
})
