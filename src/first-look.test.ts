import { expect, test } from 'vitest'
import { FirstLook } from './first-look.ts'

test('whoever asks where nothing was left does not wait', async () => {
  const look = new FirstLook()
  await look.wait()
  expect(look.isOver).toBe(true)
})

test('whoever asks waits for the look to be over', async () => {
  const look = new FirstLook()
  look.begin()
  const seen = look.wait().then(() => look.isOver)
  look.end()
  expect(await seen).toBe(true)
})

test('whoever asks goes on without a look that takes too long, which may be over later', async () => {
  const look = new FirstLook()
  look.begin(1)
  await look.wait()
  expect(look.isOver).toBe(false)
  look.end()
  expect(look.isOver).toBe(true)
})
