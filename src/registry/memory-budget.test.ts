import { expect, test } from 'vitest'
import { RateExceededError } from '../core/errors.ts'
import { MemoryBudget } from './memory-budget.ts'

const MiB = 1024 * 1024
const patient = { bytes: 100 * MiB, patienceMs: 60_000 }

test('what fits is had at once, and given back once', async () => {
  const budget = new MemoryBudget(patient)
  const lease = await budget.lease(60 * MiB)
  expect(budget.free).toBe(40 * MiB)
  lease[Symbol.dispose]()
  lease[Symbol.dispose]()
  expect(budget.free).toBe(100 * MiB)
})

test('the line is served in its order: small ones do not pass a large one', async () => {
  const budget = new MemoryBudget(patient)
  const first = await budget.lease(60 * MiB)
  const served: string[] = []
  const large = budget.lease(80 * MiB).then((lease) => {
    served.push('large')
    return lease
  })
  const small = budget.lease(10 * MiB).then(() => served.push('small'))
  expect(budget.waiting).toBe(2)
  first[Symbol.dispose]()
  await large
  await small
  expect(served).toEqual(['large', 'small'])
  expect(budget.free).toBe(10 * MiB)
})

test('whoever wants more than there is gets everything, alone', async () => {
  const budget = new MemoryBudget(patient)
  using _all = await budget.lease(1_000 * MiB)
  expect(budget.free).toBe(0)
})

test('whoever waits too long is told to come back later, and holds nobody up', async () => {
  const budget = new MemoryBudget({ bytes: 100 * MiB, patienceMs: 1 })
  const lease = await budget.lease(60 * MiB)
  await expect(budget.lease(80 * MiB)).rejects.toThrow(RateExceededError)
  expect(budget.waiting).toBe(0)
  lease[Symbol.dispose]()
  expect(budget.free).toBe(100 * MiB)
})

test('what is small passes every line', async () => {
  const budget = new MemoryBudget(patient)
  using _all = await budget.lease(100 * MiB)
  using _small = await budget.lease(4_000)
  expect(budget.waiting).toBe(0)
})

test('a slow sender keeps its share until somebody else wants it', async () => {
  const budget = new MemoryBudget({ ...patient, receivingMs: 1 })
  const slow = await budget.leaseToReceive(100 * MiB)
  const gone = new Promise((resolve) => slow.revoked.addEventListener('abort', resolve))
  const next = budget.lease(100 * MiB)
  await gone
  slow[Symbol.dispose]()
  using _next = await next
  expect(budget.free).toBe(0)
})

test('what has been received in time is not taken back', async () => {
  const budget = new MemoryBudget({ bytes: 100 * MiB, patienceMs: 20, receivingMs: 0 })
  using share = await budget.leaseToReceive(100 * MiB)
  share.received()
  await expect(budget.lease(100 * MiB)).rejects.toThrow(RateExceededError)
  expect(share.revoked.aborted).toBe(false)
})
