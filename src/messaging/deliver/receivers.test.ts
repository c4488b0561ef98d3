import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CutShortError, ReceiverRestsError, Receivers } from './receivers.ts'

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
    makeRoom: () => receivers.makeRoom(),
    async try(work: (cut: AbortSignal) => Promise<unknown>, receiver = 'http://a.example') {
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

/** Says nothing until it is cut short. */
const silent = (cut: AbortSignal) =>
  new Promise((_, reject) => cut.addEventListener('abort', () => reject(cut.reason)))

test('where others wait, those that say nothing are cut short, the oldest first, and rest', async () => {
  const receivers = openReceivers()
  const old = Array.from({ length: 64 }, (_, place) => receivers.try(silent, `http://old-${place}.example`))
  receivers.pass(1)
  const young = receivers.try(silent, 'http://young.example')
  receivers.pass(1 * second - 2)
  receivers.makeRoom()
  receivers.pass(2)
  receivers.makeRoom()
  for (const end of await Promise.all(old)) expect(end).toBeInstanceOf(CutShortError)
  expect(await receivers.try(taken, 'http://old-0.example')).toBe(2 * second + 1)
  receivers.makeRoom()
  expect(await young).toBeInstanceOf(CutShortError)
})

test('one that has answered before is given five seconds', async () => {
  const receivers = openReceivers()
  await receivers.try(taken)
  const again = receivers.try(silent)
  receivers.pass(4 * second)
  receivers.makeRoom()
  expect(await receivers.try(taken)).toBe('taken')
  receivers.pass(1 * second)
  receivers.makeRoom()
  expect(await again).toBeInstanceOf(CutShortError)
})

test('however many are silent, making room a few times a second brings everybody a turn within seconds', async () => {
  const places = 512
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: places, max: 3_000 }), fc.nat(100), async (crowd, position) => {
      const receivers = openReceivers()
      const waiting = Array.from({ length: crowd }, (_, place) => `http://silent-${place}.example`)
      waiting.splice(crowd - position, 0, 'http://good.example')
      let running = 0
      let arrived = false
      const fill = () => {
        for (; running < places && waiting.length > 0; ) {
          const receiver = waiting.shift() ?? ''
          running += 1
          const work = receiver.includes('good') ? taken : silent
          receivers.try(work, receiver).then((end) => {
            running -= 1
            arrived ||= end === 'taken'
          })
        }
      }
      let looks = 0
      for (; !arrived; looks++) {
        fill()
        receivers.makeRoom()
        receivers.pass(second / 8)
        await new Promise(setImmediate)
      }
      // A second of patience for those before it, and a look for each 64 of them.
      expect(looks).toBeLessThanOrEqual(8 * Math.ceil(crowd / places) + Math.ceil(crowd / 64) + 1)
    }),
    { numRuns: 20 },
  )
})
