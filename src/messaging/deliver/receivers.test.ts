import { expect, test } from 'vitest'
import { ReceiverRestsError, Receivers } from './receivers.ts'

const second = 1_000
const noon = Date.parse('2026-03-01T12:00:00Z')

function openReceivers() {
  let time = noon
  const receivers = new Receivers({ now: () => new Date(time), random: () => 0.5 })
  return {
    pass: (milliseconds: number) => {
      time += milliseconds
    },
    /** Tries once; the time to come again where no try is made. */
    async try(work: () => Promise<unknown>, receiver = 'http://a.example') {
      try {
        return await receivers.trying(receiver, (error) => error instanceof RangeError, work)
      } catch (error) {
        if (error instanceof ReceiverRestsError) return error.until.getTime() - noon
        return error
      }
    },
  }
}

const taken = async () => 'taken'
const unreached = async () => {
  throw new RangeError('no way')
}
const refused = async () => {
  throw new TypeError('no')
}

test('a receiver that is not reached rests, longer each time, and others do not', async () => {
  const receivers = openReceivers()
  expect(await receivers.try(unreached)).toBeInstanceOf(RangeError)
  expect(await receivers.try(taken)).toBe(1 * second)
  expect(await receivers.try(taken, 'http://b.example')).toBe('taken')
  receivers.pass(1 * second)
  expect(await receivers.try(unreached)).toBeInstanceOf(RangeError)
  expect(await receivers.try(taken)).toBe(3 * second)
  receivers.pass(2 * second)
  expect(await receivers.try(taken)).toBe('taken')
  expect(await receivers.try(unreached)).toBeInstanceOf(RangeError)
  expect(await receivers.try(taken)).toBe(4 * second)
})

test('an answer counts for nothing against it, whatever it says', async () => {
  const receivers = openReceivers()
  expect(await receivers.try(refused)).toBeInstanceOf(TypeError)
  expect(await receivers.try(taken)).toBe('taken')
})

test('a receiver has eight tries at once, one after it was not reached, and the others come one after another', async () => {
  const receivers = openReceivers()
  const held = Promise.withResolvers<unknown>()
  const trying = Array.from({ length: 8 }, () => receivers.try(() => held.promise))
  expect([await receivers.try(taken), await receivers.try(taken)]).toEqual([5, 10])
  held.reject(new RangeError('no way'))
  await Promise.all(trying)
  receivers.pass(1 * second)
  const probe = Promise.withResolvers<unknown>()
  const probing = receivers.try(() => probe.promise)
  expect(await receivers.try(taken)).toBe(1 * second + 5)
  probe.resolve('taken')
  expect(await probing).toBe('taken')
  expect(await receivers.try(taken)).toBe('taken')
})
