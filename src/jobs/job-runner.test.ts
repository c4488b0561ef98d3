import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openTestJobs } from './testing/test-jobs.ts'

test('what is due runs, and what is not waits', async () => {
  await using world = await openTestJobs()
  const { add, runner, ran } = await world.withKind({ run: async () => undefined })
  await add('now', 0)
  await add('later', 1_000)
  expect(await runner.runDue()).toBe(1)
  expect(ran).toEqual(['now'])
  world.pass(1_000)
  expect(await runner.runDue()).toBe(1)
  expect(ran).toEqual(['now', 'later'])
})

test('a job that asks for another one while it runs is followed by it', async () => {
  await using world = await openTestJobs()
  let rounds = 3
  const { add, runner, ran } = await world.withKind({
    run: async () => {
      rounds -= 1
      if (rounds > 0) await add('key', 0)
      return undefined
    },
  })
  await add('key', 0)
  expect(await runner.runDue()).toBe(3)
  expect(ran).toEqual(['key', 'key', 'key'])
})

test('a job that fails is told of, and runs again after a while that grows', async () => {
  await using world = await openTestJobs()
  const { add, runner, ran, find } = await world.withKind({
    run: async ({ attempt }) => {
      if (attempt < 3) throw new Error(`no luck ${attempt}`)
      return undefined
    },
  })
  await add('key', 0)
  await runner.runDue()
  expect(await find('key')).toMatchObject({ lastError: 'Error: no luck 1', isRunning: false })
  expect(world.complaints).toEqual(['A job failed; it runs again'])
  expect(await runner.runDue()).toBe(0)
  world.pass(1_000)
  await runner.runDue()
  world.pass(1_000)
  expect(await runner.runDue()).toBe(0)
  world.pass(1_000)
  await runner.runDue()
  expect(ran).toHaveLength(3)
  expect(await find('key')).toBeUndefined()
})

test('a job may say when to run again', async () => {
  await using world = await openTestJobs()
  const { add, runner, find } = await world.withKind({ run: async () => world.after(5_000) })
  await add('key', 0)
  await runner.runDue()
  expect((await find('key'))?.dueAt).toEqual(world.after(5_000))
})

test('what runs all the time begins one period after the first start, and a restart does not put it off', async () => {
  await using world = await openTestJobs()
  const kind = { every: 60_000, run: async () => undefined }
  const { runner, ran } = await world.withKind(kind)
  expect(await runner.runDue()).toBe(0)
  world.pass(40_000)
  expect(await world.sameKindElsewhere(kind).runDue()).toBe(0)
  world.pass(20_000)
  expect(await runner.runDue()).toBe(1)
  world.pass(59_999)
  expect(await runner.runDue()).toBe(0)
  world.pass(1)
  expect(await runner.runDue()).toBe(1)
  expect(ran).toEqual(['', ''])
})

test('work that nobody added a job for is done as soon as it is seen', async () => {
  await using world = await openTestJobs()
  let waiting = 0
  const kind = {
    isWanted: async () => waiting > 0,
    run: async () => {
      waiting = 0
      return undefined
    },
  }
  const { runner, ran } = await world.withKind(kind)
  expect(await runner.runDue()).toBe(0)
  waiting = 3
  expect(await runner.runDue()).toBe(1)
  expect(ran).toEqual([''])
})

test('no more of a kind run at once than it allows', async () => {
  await using world = await openTestJobs()
  let now = 0
  let most = 0
  const { add, runner } = await world.withKind({
    atOnce: 3,
    run: async () => {
      now += 1
      most = Math.max(most, now)
      await turnOfOthers()
      now -= 1
      return undefined
    },
  })
  for (let index = 0; index < 10; index += 1) await add(`key ${index}`, 0)
  expect(await runner.runDue()).toBe(10)
  expect(most).toBe(3)
})

test('several workers share the jobs: each runs once', async () => {
  await using world = await openTestJobs()
  const kind = { run: () => turnOfOthers(undefined), atOnce: 2 }
  const { add, runner, ran } = await world.withKind(kind)
  const keys = Array.from({ length: 30 }, (_, index) => `key ${index}`)
  for (const key of keys) await add(key, 0)
  const others = Array.from({ length: 3 }, () => world.sameKindElsewhere(kind))
  await Promise.all([runner, ...others].map((one) => one.runDue()))
  expect(ran.toSorted()).toEqual(keys.toSorted())
})

test('the job of a worker that was killed is taken by another when its lease has run out', async () => {
  await using world = await openTestJobs()
  const killed = Promise.withResolvers<undefined>()
  let first = true
  const kind = {
    run: () => {
      if (!first) return Promise.resolve(undefined)
      first = false
      return killed.promise
    },
  }
  const { add, runner, ran } = await world.withKind(kind)
  await add('key', 0)
  const dying = runner.runDue()
  await world.until(() => ran.length === 1)
  const other = world.sameKindElsewhere(kind)
  expect(await other.runDue()).toBe(0)
  world.pass(60_000)
  expect(await other.runDue()).toBe(1)
  killed.resolve(undefined)
  await dying
  expect(ran).toHaveLength(2)
})

test('a process that is alone takes up at its start what a killed one was at', async () => {
  await using world = await openTestJobs()
  const killed = Promise.withResolvers<undefined>()
  const { add, runner, ran } = await world.withKind({ run: () => killed.promise })
  await add('key', 0)
  const dying = runner.runDue()
  await world.until(() => ran.length === 1)
  const next = world.sameKindElsewhere({ run: async () => undefined }, { isAlone: true })
  next.start()
  await world.until(() => ran.length === 2)
  killed.resolve(undefined)
  await dying
})

test('a job is told when another worker has it, and its end changes nothing then', async () => {
  await using world = await openTestJobs()
  const { add, runner, find } = await world.withKind(
    { run: ({ signal }) => untilAborted(signal) },
    { leaseMs: 30 },
  )
  await add('key', 0)
  const running = runner.runDue()
  await world.until(async () => (await find('key'))?.isRunning === true)
  await world.takeAway('key')
  await running
  expect(world.complaints).toEqual(['A job went to another worker'])
  expect(await find('key')).toMatchObject({ isRunning: true })
})

test('a long job keeps its lease and shows how far it is', async () => {
  await using world = await openTestJobs()
  const end = Promise.withResolvers<undefined>()
  const { add, runner, find } = await world.withKind(
    {
      run: ({ tell }) => {
        tell({ done: 3 })
        return end.promise
      },
    },
    { leaseMs: 30 },
  )
  await add('key', 0)
  const running = runner.runDue()
  await world.until(async () => (await find('key'))?.progress !== undefined)
  expect((await find('key'))?.progress).toEqual({ done: 3 })
  world.pass(1_000)
  await world.until(async () => ((await find('key'))?.dueAt ?? 0) > world.after(0))
  end.resolve(undefined)
  await running
  expect(await find('key')).toBeUndefined()
})

test('stopping tells a job to stop and gives it back', async () => {
  await using world = await openTestJobs()
  const kind = { run: ({ signal }: { signal: AbortSignal }) => untilAborted(signal) }
  const { runner, ran, find } = await world.withKind(kind)
  runner.start()
  await runner.runSoon({ kind: world.kind, key: 'key' })
  await world.until(() => ran.length === 1)
  await runner.stop(60_000)
  expect(await find('key')).toMatchObject({ isRunning: false, attempts: 0, dueAt: world.after(0) })
})

test('stopping waits for a job that heeds nothing only so long', async () => {
  await using world = await openTestJobs()
  const never = new Promise<undefined>(() => {})
  const { runner, ran, find } = await world.withKind({ run: () => never })
  runner.start()
  await runner.runSoon({ kind: world.kind, key: 'key' })
  await world.until(() => ran.length === 1)
  await runner.stop(1)
  expect(await find('key')).toMatchObject({ isRunning: true })
})

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
}
