import { setImmediate } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Disk, SyncFailedError } from './disk.ts'
import type { Syncable } from './disk-operations.ts'

/** A file that the disk is done with when the test says so. */
class SlowFile implements Syncable {
  readonly #done = Promise.withResolvers<void>()

  datasync(): Promise<void> {
    return this.#done.promise
  }

  done(): void {
    this.#done.resolve()
  }

  lost(): void {
    this.#done.reject(new Error('EIO'))
  }
}

test('two files are made durable at a time, in the order they came', async () => {
  const disk = new Disk()
  const begun: number[] = []
  let running = 0
  let mostAtOnce = 0
  const file = (index: number): Syncable => ({
    async datasync() {
      begun.push(index)
      running += 1
      mostAtOnce = Math.max(mostAtOnce, running)
      await setImmediate()
      running -= 1
    },
  })
  await Promise.all([0, 1, 2, 3, 4].map((index) => disk.sync(file(index))))
  expect(begun).toEqual([0, 1, 2, 3, 4])
  expect(mostAtOnce).toBe(2)
})

test('the disk is sent ahead for one file at a time', async () => {
  const disk = new Disk()
  const [one, other] = [new SlowFile(), new SlowFile()]
  const early = disk.syncEarly(one)
  expect(disk.syncEarly(other)).toBeUndefined()
  one.done()
  await early
  expect(disk.syncEarly(other)).toBeInstanceOf(Promise)
  other.done()
})

test('bytes that the disk lost are told of, and others have their turn', async () => {
  const disk = new Disk()
  const lost = new SlowFile()
  lost.lost()
  await expect(disk.sync(lost)).rejects.toThrow(SyncFailedError)
  await expect(disk.syncEarly(lost)).rejects.toThrow(SyncFailedError)
  const kept = new SlowFile()
  kept.done()
  await Promise.all([disk.sync(kept), disk.syncEarly(kept)])
})
