import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ResponseCounter } from './response-counter.ts'

const answer = (body: string) =>
  `HTTP/1.1 200 OK\r\nServer: x\r\ncontent-length: ${body.length}\r\n\r\n${body}`

function countIn(pieces: readonly string[]): number {
  const counter = new ResponseCounter()
  return pieces.filter((piece) => counter.take(Buffer.from(piece, 'latin1'))).length
}

test('an answer is whole with its last byte, however it is cut', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary-ascii' }),
      fc.array(fc.nat(200), { maxLength: 5 }),
      (body, cuts) => {
        const text = answer(body)
        const ends = [...new Set(cuts.filter((cut) => cut > 0 && cut < text.length))].toSorted(
          (a, b) => a - b,
        )
        const pieces = [0, ...ends].map((start, piece) => text.slice(start, ends[piece]))
        const counter = new ResponseCounter()
        const whole = pieces.map((piece) => counter.take(Buffer.from(piece, 'latin1')))
        expect(whole).toEqual(pieces.map((_, piece) => piece === pieces.length - 1))
      },
    ),
  )
})

test('one answer after another on the same connection is counted', () => {
  expect(countIn([answer('one'), answer(''), answer('three')])).toBe(3)
})

test('a body that looks like headers is still a body', () => {
  expect(countIn([answer('HTTP/1.1 500 No\r\n\r\n')])).toBe(1)
})

test.each([
  ['another status', 'HTTP/1.1 401 Unauthorized\r\ncontent-length: 0\r\n\r\n', /401/],
  ['no length', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', /Content-Length/],
  ['more than was announced', `${answer('a')}b`, /after the end/],
])('%s is refused', (_, text, message) => {
  expect(() => countIn([text])).toThrow(message)
})
