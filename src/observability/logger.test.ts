import { expect, test } from 'vitest'
import type { LogLevel } from '../config/log-level.ts'
import { createLog } from './logger.ts'

const noon = () => new Date('2026-01-02T12:00:00Z')

/** What a log at `level` writes when each of its methods is called once. */
function written({ level, isTTY }: { readonly level: LogLevel; readonly isTTY: boolean }): readonly string[] {
  const lines: string[] = []
  const log = createLog(level, { isTTY, write: (text) => lines.push(text) }, noon)
  log.debug({ requestId: '1' }, 'answered')
  log.info({ port: 4566 }, 'listening')
  log.warn({}, 'slow disk')
  log.error({ err: new Error('full', { cause: new Error('ENOSPC') }) }, 'failed')
  return lines
}

test('machines get an object per line', () => {
  const [line = '', ...rest] = written({ level: 'info', isTTY: false })
  expect(line.endsWith('\n')).toBe(true)
  expect(JSON.parse(line)).toEqual({
    level: 'info',
    time: '2026-01-02T12:00:00.000Z',
    port: 4566,
    msg: 'listening',
  })
  expect(rest).toHaveLength(2)
})

test('a terminal gets a sentence per line', () => {
  expect(written({ level: 'info', isTTY: true })[0]).toBe('12:00:00 info  listening port=4566\n')
})

test.each([true, false])('an error is written with its cause and stack (terminal: %s)', (isTTY) => {
  expect(written({ level: 'error', isTTY }).join()).toMatch(/full.*ENOSPC.*logger\.test/s)
})

test.each([
  ['trace', 4],
  ['debug', 4],
  ['info', 3],
  ['warn', 2],
  ['error', 1],
  ['silent', 0],
] as const)('level %s writes %i of the four, to a terminal as to a machine', (level, lines) => {
  expect(written({ level, isTTY: true })).toHaveLength(lines)
  expect(written({ level, isTTY: false })).toHaveLength(lines)
})

test("a client's text can't act on the terminal", () => {
  const lines: string[] = []
  createLog('info', { isTTY: true, write: (text) => lines.push(text) }, noon).info(
    { tag: '\u001b[2J\n' },
    'pushed',
  )
  expect(lines).toEqual(['12:00:00 info  pushed tag="\\u001b[2J\\n"\n'])
})
