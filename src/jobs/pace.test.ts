import { expect, test } from 'vitest'
import { Pace } from './pace.ts'

test('a rest is four times as long as the work before it, but has an end', async () => {
  let time = 0
  const rests: number[] = []
  const wait = async (milliseconds: number) => {
    rests.push(milliseconds)
    time += milliseconds
  }
  const pace = new Pace({ now: () => time, wait })
  for (const worked of [5, 0, 10, 100_000]) {
    time += worked
    await pace.rest()
  }
  expect(rests).toEqual([20, 0, 40, 100])
})
