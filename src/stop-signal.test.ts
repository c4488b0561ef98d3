import { EventEmitter } from 'node:events'
import { expect, test } from 'vitest'
import { stopSignal } from './stop-signal.ts'

/** A process that can be told to stop, and a clock that is set by hand. */
function running() {
  const process = new EventEmitter()
  const state = { time: 0, stoppedAtOnce: 0 }
  const stop = stopSignal({ process, now: () => state.time, stopAtOnce: () => void state.stoppedAtOnce++ })
  return { state, stop, tell: (signal: string) => process.emit(signal) }
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s asks to stop', async (signal) => {
  const { state, stop, tell } = running()
  tell(signal)
  await stop
  expect(state.stoppedAtOnce).toBe(0)
})

test('a Ctrl-C that arrives twice, as npm passes it on, is one wish', () => {
  const { state, tell } = running()
  tell('SIGINT')
  state.time = 20
  tell('SIGINT')
  expect(state.stoppedAtOnce).toBe(0)
})

test('who asks again a second later wants it at once', () => {
  const { state, tell } = running()
  tell('SIGTERM')
  state.time = 1000
  tell('SIGINT')
  expect(state.stoppedAtOnce).toBe(1)
})
