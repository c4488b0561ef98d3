import { describe, expect, test } from 'vitest'
import { FailedLogins } from './failed-logins.ts'

function worldAt(start = Date.parse('2026-03-01T12:00:00Z')) {
  const slowed: string[] = []
  const clock = { now: start }
  const failed = new FailedLogins({
    now: () => new Date(clock.now),
    onSlowed: (address) => slowed.push(address),
  })
  const fail = (address: string, times: number) => {
    for (let time = 0; time < times; time++) failed.failed(address)
  }
  return { failed, fail, slowed, clock }
}

describe('an address', () => {
  test('is slowed after thirty failures at once, which is told once, and no other is', () => {
    const { failed, fail, slowed } = worldAt()
    fail('192.0.2.1', 29)
    expect(failed.isSlowed('192.0.2.1')).toBe(false)
    fail('192.0.2.1', 20)
    expect(failed.isSlowed('192.0.2.1')).toBe(true)
    expect(failed.isSlowed('192.0.2.2')).toBe(false)
    expect(slowed).toEqual(['192.0.2.1'])
  })

  test('is trusted again when it has been quiet for a while, however often it failed', () => {
    const { failed, fail, clock, slowed } = worldAt()
    fail('192.0.2.1', 100_000)
    clock.now += 59_000
    expect(failed.isSlowed('192.0.2.1')).toBe(true)
    clock.now += 3_000
    expect(failed.isSlowed('192.0.2.1')).toBe(false)
    fail('192.0.2.1', 2)
    expect(slowed).toHaveLength(2)
  })

  test('of IPv6 is its network, in whatever way it is written', () => {
    const { failed, fail } = worldAt()
    fail('2001:db8:0:1::1', 20)
    fail('2001:db8:0:1:ffff::2', 20)
    expect(failed.isSlowed('2001:db8:0:1:a:b:c:d')).toBe(true)
    expect(failed.isSlowed('2001:db8:0:2::1')).toBe(false)
    fail('::ffff:192.0.2.9', 40)
    expect(failed.isSlowed('192.0.2.9')).toBe(true)
  })

  test('has sixteen places to wait, and each is given back', () => {
    const { failed, fail } = worldAt()
    fail('192.0.2.1', 40)
    const places = Array.from({ length: 16 }, () => failed.queue('192.0.2.1'))
    expect(places.every((place) => place !== undefined)).toBe(true)
    expect(failed.queue('192.0.2.1')).toBeUndefined()
    expect(failed.queue('192.0.2.2')).toBeDefined()
    places[0]?.[Symbol.dispose]()
    expect(failed.queue('192.0.2.1')).toBeDefined()
  })
})

test('a great many addresses cost bounded memory', () => {
  const { failed, fail } = worldAt()
  fail('192.0.2.1', 40)
  for (let index = 0; index < 20_000; index++) failed.failed(`10.0.${index >> 8}.${index & 255}`)
  expect(failed.isSlowed('192.0.2.1')).toBe(false)
})

test('credentials that have proved good are known again', () => {
  const { failed } = worldAt()
  failed.prove('Basic good')
  expect([failed.isProven('Basic good'), failed.isProven('Basic other')]).toEqual([true, false])
})
