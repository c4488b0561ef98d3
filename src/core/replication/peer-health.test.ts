import { expect, test } from 'vitest'
import { PeerHealth } from './peer-health.ts'

function watched() {
  const clock = { now: 1_000_000 }
  const health = new PeerHealth(() => new Date(clock.now))
  return { health, clock, after: (ms: number) => new Date(clock.now + ms) }
}

test('some images go to a peer at once, others look again', () => {
  const { health, after } = watched()
  expect([health.enter(), health.enter(), health.enter()]).toEqual([undefined, undefined, undefined])
  expect(health.enter()).toEqual(after(500))
  health.succeeded()
  expect(health.enter()).toBeUndefined()
})

test('a peer that fails is left alone, longer each time, and then tried with one image', () => {
  const { health, clock, after } = watched()
  for (const delay of [1_000, 2_000, 4_000]) {
    expect(health.isDown).toBe(false)
    health.enter()
    expect(health.failed()).toEqual(after(delay))
    expect(health.enter()).toEqual(after(delay))
    clock.now += delay
  }
  expect(health.isDown).toBe(true)
  expect(health.enter()).toBeUndefined()
  expect(health.enter()).toEqual(after(500))
  health.succeeded()
  expect(health.isDown).toBe(false)
  expect([health.enter(), health.enter()]).toEqual([undefined, undefined])
})

test('images that fail together are one failure', () => {
  const { health, after } = watched()
  for (const _ of [1, 2, 3]) health.enter()
  expect([health.failed(), health.failed(), health.failed()]).toEqual([
    after(1_000),
    after(1_000),
    after(1_000),
  ])
  expect(health.isDown).toBe(false)
})
