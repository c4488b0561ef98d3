import { expect, test } from 'vitest'
import { type Check, Readiness } from './readiness.ts'

const impatient = { slowest: 1, fresh: -1 }

function readinessOf(disk: Check): Readiness {
  return new Readiness(new Map([['disk', disk]]), () => {}, impatient)
}

test('a check that hangs is not started again until it returns', async () => {
  const hung = Promise.withResolvers<void>()
  let started = 0
  const readiness = readinessOf(() => {
    started += 1
    return hung.promise
  })
  for (let asked = 0; asked < 5; asked += 1) expect((await readiness.report()).ready).toBe(false)
  expect(started).toBe(1)
  hung.resolve()
  await hung.promise
  await expect.poll(async () => (await readiness.report()).ready).toBe(true)
})

test('whoever asks while checks run gets their report', async () => {
  let started = 0
  const readiness = readinessOf(async () => {
    started += 1
  })
  await Promise.all([readiness.report(), readiness.report(), readiness.report()])
  expect(started).toBe(1)
})

test.each(['ENOSPC', 'EROFS'])('a disk that fails with %s is named, without its paths', async (code) => {
  const heard: unknown[] = []
  const error = Object.assign(new Error('/data/secret-place'), { code })
  const checks = new Map<string, Check>([['disk', () => Promise.reject(error)]])
  const readiness = new Readiness(checks, (_name, reason) => heard.push(reason), impatient)
  expect(await readiness.report()).toEqual({
    ready: false,
    checks: { disk: `it fails with ${code}; the log says more`, server: 'ok' },
  })
  expect(heard).toEqual([error])
})
