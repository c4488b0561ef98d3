import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { LogLine } from './engine.ts'
import { logLines } from './log-lines.ts'

const at = '2026-03-01T12:00:00.000000000Z'

function frame(stream: number, text: string): Buffer {
  const header = Buffer.alloc(8)
  header.writeUInt8(stream, 0)
  header.writeUInt32BE(Buffer.byteLength(text), 4)
  return Buffer.concat([header, Buffer.from(text)])
}

async function linesOf(chunks: readonly Uint8Array[], isRaw = false, hasEnded = true): Promise<LogLine[]> {
  async function* output() {
    yield* chunks
  }
  const lines: LogLine[] = []
  for await (const line of logLines(output(), { isRaw, hasEnded })) lines.push(line)
  return lines
}

test('lines of both streams are told apart, and put together from their pieces', async () => {
  const frames = [
    frame(1, `${at} one `),
    frame(2, `${at} error\n`),
    frame(1, `2026-03-01T12:00:01.000000000Z line\n`),
    frame(1, `${at} \n`),
  ]
  expect(await linesOf(frames)).toEqual([
    { at, message: 'error' },
    { at, message: 'one line' },
    { at, message: '' },
  ])
})

test('however the bytes come, the lines are the same', async () => {
  const line = fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.replaceAll(/[\r\n]/g, '€'))
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 8 }),
      fc.array(fc.nat(30)),
      fc.boolean(),
      async (lines, cuts, isRaw) => {
        const pieces = lines.map((message) => `${at} ${message}\n`)
        const whole = Buffer.concat(pieces.map((piece) => (isRaw ? Buffer.from(piece) : frame(1, piece))))
        const places = [...cuts, whole.length]
          .map((cut) => Math.min(cut, whole.length))
          .toSorted((a, b) => a - b)
        const chunks = places.map((place, index) => whole.subarray(places[index - 1] ?? 0, place))
        const expected = lines.map((message) => ({ at, message: Buffer.from(message).toString() }))
        expect(await linesOf(chunks, isRaw)).toEqual(expected)
      },
    ),
  )
})

test('a line without an end is cut', async () => {
  const frames = Array.from({ length: 40 }, () => frame(1, `${at} ${'x'.repeat(16 * 1024)}`))
  const lines = await linesOf(frames)
  expect(lines.map(({ message }) => message.length)).toEqual([262_144, 262_144, 131_072])
  const raw = [Buffer.from(`${at} `), ...Array.from({ length: 40 }, () => Buffer.alloc(16 * 1024, 'x'))]
  const cut = await linesOf(raw, true)
  expect(new Set(cut.map((line) => line.at))).toEqual(new Set([at]))
  expect(cut.map(({ message }) => message.length).every((length) => length < 300_000)).toBe(true)
  expect(cut.map(({ message }) => message).join('')).toBe('x'.repeat(40 * 16 * 1024))
})

test('a line that an engine breaks off in is left for later, unless the container has ended', async () => {
  const whole = `${at} whole\n`
  const part = `${at} par`
  const outputs = [
    { chunks: [frame(1, whole), frame(1, part)], isRaw: false },
    { chunks: [Buffer.from(`${whole}${part}`)], isRaw: true },
  ]
  for (const { chunks, isRaw } of outputs) {
    expect(await linesOf(chunks, isRaw, false)).toEqual([{ at, message: 'whole' }])
    expect(await linesOf(chunks, isRaw, true)).toEqual([
      { at, message: 'whole' },
      { at, message: 'par' },
    ])
  }
})
