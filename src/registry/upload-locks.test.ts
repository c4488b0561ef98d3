import { expect, test } from 'vitest'
import { UploadLocks } from './upload-locks.ts'

test('requests for one upload go one after another, in the order they came', async () => {
  const locks = new UploadLocks()
  const log: string[] = []
  const work = (name: string) => async () => {
    log.push(`${name} begins`)
    await Promise.resolve()
    log.push(`${name} ends`)
    return name
  }
  const results = await Promise.all(['a', 'b', 'c'].map((name) => locks.run('upload', work(name))))
  expect(results).toEqual(['a', 'b', 'c'])
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
})

test('requests for different uploads do not wait for one another', async () => {
  const locks = new UploadLocks()
  const first = Promise.withResolvers<string>()
  const waiting = locks.run('one', () => first.promise)
  expect(await locks.run('two', async () => 'done')).toBe('done')
  first.resolve('done too')
  expect(await waiting).toBe('done too')
})

test('a request that fails lets the next one go', async () => {
  const locks = new UploadLocks()
  const failing = locks.run('upload', () => Promise.reject(new Error('gone')))
  const next = locks.run('upload', async () => 'done')
  await expect(failing).rejects.toThrow('gone')
  expect(await next).toBe('done')
})
